using System.Globalization;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Values;

/// <summary>Says how a date or time should have been written, with an example in the source's own culture.</summary>
public static class ExpectedTime
{
    private static readonly string[] Pairs = ["dd", "MM", "HH", "hh"];

    private static readonly DateTimeOffset Example = new(2026, 11, 23, 18, 5, 0, TimeSpan.Zero);

    /// <summary>Begins with a blank, and completes <c>needs a date …</c>.</summary>
    /// <param name="formats">What the job says of it; null for nothing.</param>
    /// <param name="conventions">Culture and zone of the source.</param>
    /// <param name="hasTime">A time of day belongs to it.</param>
    public static string Describe(TimeFormats? formats, SourceConventions conventions, bool hasTime)
    {
        var culture = conventions.Culture;
        if (formats is not null)
        {
            var examples = formats.All.Select(format => $"{format}, such as {ExampleOf(format, culture, hasTime)}");
            return $" in the format {string.Join(", or ", examples)}{In(culture)}";
        }

        var dates = CultureDates.From(culture);
        var iso = hasTime ? "2026-11-23T18:05:00Z" : "2026-11-23";
        if (dates.IsNeutral)
        {
            return $" like {iso}";
        }

        var own = Example.ToString($"{dates.OwnPattern}{(hasTime ? " HH:mm" : "")}", culture);
        return $" like {(own == iso ? iso : $"{own} or {iso}")}{In(culture)}";
    }

    /// <summary>
    /// Behind <see cref="Describe"/>: the format that would read this text, where only the number of digits differs, as in
    /// <c>7.11.2026</c> for <c>dd.MM.yyyy</c>; else nothing. Quotes none of the text.
    /// </summary>
    public static string Hint(string text, TimeFormats? formats, SourceConventions conventions)
    {
        var shorter = formats?.All.Where(format => !NumericTime.IsFormat(format)).Select(WithShortNumbers);
        return shorter?.FirstOrDefault(format => SourceInstant.TryRead(text, format, conventions, out _)) is { } fits
            ? $"; the format {fits} takes numbers of one digit too"
            : "";
    }

    private static string WithShortNumbers(string format) =>
        Pairs.Aggregate(
            format,
            (shorter, pair) => shorter.Contains($"{pair}{pair[0]}", StringComparison.Ordinal)
                ? shorter // a name, as in MMM
                : shorter.Replace(pair, pair[..1], StringComparison.Ordinal));

    private static string In(CultureInfo culture) => culture.Equals(CultureInfo.InvariantCulture) ? "" : $" ({culture.Name})";

    private static string ExampleOf(string format, CultureInfo culture, bool hasTime) =>
        NumericTime.IsFormat(format) ? NumericTime.Example(format, hasTime) : Example.ToString(format, culture);
}
