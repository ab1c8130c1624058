using System.Globalization;

namespace MarketoLambda.Sync.Wording;

/// <summary>A number and what is counted, in words: <c>1 record</c>, <c>12,300 records</c>.</summary>
public static class Quantity
{
    private const int MaxListed = 20;
    private const int MaxListedCharacters = 100;

    /// <summary>Some items in words, the first 20 of them; long ones are cut.</summary>
    public static string List(IEnumerable<string> items, string separator = ", ")
    {
        List<string> first = [];
        var more = 0L;
        foreach (var item in items)
        {
            if (first.Count < MaxListed)
            {
                first.Add(Excerpt.Show(item, MaxListedCharacters));
            }
            else
            {
                more++;
            }
        }

        return string.Join(separator, first)
            + (more == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{separator}… and {more:N0} more"));
    }

    /// <summary>A number and what is counted.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What one is called; several get an s.</param>
    public static string Format(long count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");
}
