using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Tells whether a .NET format can read a date or a time at all: one that cannot would reject every row.</summary>
/// <remarks>
/// Tried with a moment in which nothing can be taken for something else: its day is no month, its hour none of a 12-hour clock,
/// and its year not this one, which .NET takes where a format has none.
/// </remarks>
public static class TimeFormat
{
    private static readonly DateTime Sample = new(2007, 11, 23, 18, 5, 9, DateTimeKind.Utc);

    /// <summary>Day, month and year can be read back.</summary>
    public static bool ReadsDates(string format, SourceConventions conventions) =>
        Written(format, conventions) is { } text
        && SourceInstant.TryParseDate(text, format, conventions, out var date)
        && date == DateOnly.FromDateTime(Sample);

    /// <summary>Day, month and year can be read back, and the time of day, unless the format has none.</summary>
    public static bool ReadsTimes(string format, SourceConventions conventions) =>
        ReadsDates(format, conventions)
        && SourceInstant.TryRead(Written(format, conventions)!, format, conventions, out var time)
        && IsSampleOrRoundedDown(time.Kind == DateTimeKind.Unspecified ? time : time.ToUniversalTime());

    private static bool IsSampleOrRoundedDown(DateTime time) =>
        time == Sample || time == Sample.AddSeconds(-Sample.Second) || time == Sample.Date.AddHours(Sample.Hour) || time == Sample.Date;

    private static string? Written(string format, SourceConventions conventions)
    {
        try
        {
            return new DateTimeOffset(Sample).ToString(format, conventions.Culture);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
