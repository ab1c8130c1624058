using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Tests;

/// <summary>Whoever names what is not there is told what is: the nearest first, and never endlessly.</summary>
public sealed class NearNameTests
{
    [Theory]
    [InlineData("prodcut", " (did you mean \"product\"?); tables there: product, customer, old_product_2019")]
    [InlineData("product_2019", "; tables there: old_product_2019, product, customer")]
    [InlineData("invoice", "; tables there: product, customer, old_product_2019")]
    public void The_near_ones_come_first_and_then_those_that_hold_the_name(string name, string words) =>
        Assert.Equal(words, NearName.Instead(name, ["customer", "old_product_2019", "product"], "tables"));

    [Fact]
    public void Ten_are_listed_and_the_others_counted()
    {
        // When
        var words = NearName.Instead("x", Enumerable.Range(0, 1012).Select(number => $"table{number:0000}"), "tables");

        // Then
        Assert.StartsWith("; tables there: table0000, table0001, ", words, StringComparison.Ordinal);
        Assert.EndsWith("table0009, … and 1,002 more", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_there_that_is_said() => Assert.Equal("; there are no tables", NearName.Instead("x", [], "tables"));
}
