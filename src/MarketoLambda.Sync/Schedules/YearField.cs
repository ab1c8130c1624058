using System.Globalization;
using System.Text.RegularExpressions;

namespace MarketoLambda.Sync.Schedules;

/// <summary>The years of an AWS schedule: <c>*</c>, or years, ranges and steps, separated by commas.</summary>
internal sealed partial class YearField
{
    private const int First = 1970;
    private const int Last = 2199;

    private readonly SortedSet<int> _years;

    private YearField(IEnumerable<int> years) => _years = [.. years];

    /// <exception cref="FormatException">It is none; the message is the predicate of a sentence.</exception>
    public static YearField Parse(string field) => new(field.Split(',').SelectMany(Part));

    public bool Has(int year) => _years.Contains(year);

    /// <summary>The first of them after that year; null where there is none.</summary>
    public int? FirstAfter(int year) => _years.GetViewBetween(year + 1, Last + 1) is { Count: > 0 } later ? later.Min : null;

    private static IEnumerable<int> Part(string part)
    {
        var match = Years().Match(part);
        var from = match.Groups["from"] is { Success: true } given ? Number(given.Value) : First;
        var step = match.Groups["step"] is { Success: true } steps ? Number(steps.Value) : 1;
        var to = match.Groups["to"] is { Success: true } end ? Number(end.Value)
            : match.Groups["step"].Success || !match.Groups["from"].Success ? Last
            : from;
        if (!match.Success || from is < First or > Last || to < from || to > Last || step < 1)
        {
            throw new FormatException($"has a year that is not {First} to {Last}, a range of them, or *");
        }

        for (var year = from; year <= to; year += step)
        {
            yield return year;
        }
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:\*|(?<from>\d{4})(?:-(?<to>\d{4}))?)(?:/(?<step>\d{1,3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Years();
}
