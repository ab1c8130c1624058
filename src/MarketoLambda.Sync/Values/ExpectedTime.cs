using System.Globalization;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Values;

/// <summary>Says how a date or time should have been written, with an example in the source's own culture.</summary>
public static class ExpectedTime
{
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

    private static string In(CultureInfo culture) => culture.Equals(CultureInfo.InvariantCulture) ? "" : $" ({culture.Name})";

    private static string ExampleOf(string format, CultureInfo culture, bool hasTime) =>
        NumericTime.IsFormat(format) ? NumericTime.Example(format, hasTime) : Example.ToString(format, culture);
}
