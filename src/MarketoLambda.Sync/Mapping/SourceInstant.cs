using System.Globalization;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Reads points in time from a source's text.</summary>
public static class SourceInstant
{
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces;

    /// <summary>
    /// Reads a time with the given .NET format, or ISO 8601 and the culture's own forms where there is none.
    /// A time without an offset is in the source's zone.
    /// </summary>
    /// <remarks>In the hour that a zone repeats in autumn, the result is the later (standard-time) instant.</remarks>
    public static bool TryParse(string text, string? format, SourceConventions conventions, out DateTimeOffset instant)
    {
        instant = default;
        DateTime time;
        var isTime = format is null
            ? DateTime.TryParse(text, conventions.Culture, Styles | DateTimeStyles.RoundtripKind, out time)
            : DateTime.TryParseExact(text, format, conventions.Culture, Styles | DateTimeStyles.RoundtripKind, out time);
        return isTime && TryPlace(time, conventions, out instant);
    }

    /// <summary>Gives a time of the source its place on the world's clock.</summary>
    public static bool TryPlace(DateTime time, SourceConventions conventions, out DateTimeOffset instant)
    {
        instant = default;
        if (time.Kind != DateTimeKind.Unspecified)
        {
            instant = new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero);
            return true;
        }

        if (conventions.TimeZone.IsInvalidTime(time))
        {
            return false; // a time that the spring change of clocks leaves out
        }

        instant = new DateTimeOffset(time, conventions.TimeZone.GetUtcOffset(time)).ToUniversalTime();
        return true;
    }
}
