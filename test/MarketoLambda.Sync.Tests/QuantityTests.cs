using MarketoLambda.Sync.Wording;
namespace MarketoLambda.Sync.Tests;

/// <summary>Whatever a message lists, it stays a message.</summary>
public sealed class QuantityTests
{
    [Fact]
    public void A_hundred_thousand_names_are_twenty_and_a_number()
    {
        // When
        var list = Quantity.List(Enumerable.Range(1, 100_000).Select(number => $"column {number}"));

        // Then
        Assert.StartsWith("column 1, column 2, ", list, StringComparison.Ordinal);
        Assert.EndsWith("column 20, … and 99,980 more", list, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_a_megabyte_is_cut() => Assert.Equal(101, Quantity.List([new string('n', 1_000_000)]).Length);

    [Fact]
    public void A_few_are_listed_as_they_are() => Assert.Equal("a + b", Quantity.List(["a", "b"], " + "));
}
