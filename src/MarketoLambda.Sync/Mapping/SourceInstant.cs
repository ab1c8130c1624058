using System.Globalization;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Reads points in time from a source's text.</summary>
public static class SourceInstant
{
    // A time of day alone would otherwise be taken for today's, by the machine's clock.
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;

    /// <summary>
    /// Reads a time with the given .NET format, or ISO 8601 and the culture's own forms where there is none.
    /// A time without an offset is in the source's zone.
    /// </summary>
    /// <remarks>In the hour that a zone repeats in autumn, the result is the later (standard-time) instant.</remarks>
    public static bool TryParse(string text, string? format, SourceConventions conventions, out DateTimeOffset instant) =>
        TryParse(text, format, conventions, out _, out instant);

    /// <summary>The same, with both instants that a time may mean in the hour that a zone repeats in autumn.</summary>
    /// <remarks>At any other time, and for every text that carries its offset, the two are equal.</remarks>
    public static bool TryParse(
        string text, string? format, SourceConventions conventions, out DateTimeOffset earlier, out DateTimeOffset later)
    {
        earlier = later = default;
        return TryRead(text, format, conventions, out var time) && TryPlace(time, conventions, out earlier, out later);
    }

    /// <summary>Reads the date as it is written, whatever the offset behind it.</summary>
    public static bool TryParseDate(string text, string? format, SourceConventions conventions, out DateOnly date)
    {
        const DateTimeStyles asWritten = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal;
        var isDate = format is null
            ? DateTimeOffset.TryParse(text, conventions.Culture, asWritten, out var time)
            : DateTimeOffset.TryParseExact(text, format, conventions.Culture, asWritten, out time);
        date = DateOnly.FromDateTime(time.DateTime);
        return isDate && TryRead(text, format, conventions, out _);
    }

    /// <summary>Gives a time of the source its place on the world's clock.</summary>
    public static bool TryPlace(DateTime time, SourceConventions conventions, out DateTimeOffset instant) =>
        TryPlace(time, conventions, out _, out instant);

    /// <summary>Reads the time as it is written, before it has a place on the world's clock.</summary>
    internal static bool TryRead(string text, string? format, SourceConventions conventions, out DateTime time)
    {
        var isTime = format is null
            ? DateTime.TryParse(text, conventions.Culture, Styles | DateTimeStyles.RoundtripKind, out time)
            : DateTime.TryParseExact(text, format, conventions.Culture, Styles | DateTimeStyles.RoundtripKind, out time);
        return isTime && time.Date != DateTime.MinValue && (format is not null || HasPlainOrder(text, conventions.Culture));
    }

    // Without a culture nobody said whether 03.04. is in March or in April: only what begins with the year is clear.
    private static bool HasPlainOrder(string text, CultureInfo culture) =>
        !culture.Equals(CultureInfo.InvariantCulture) || (text.TrimStart() is { Length: >= 8 } start && !start.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9'));

    private static bool TryPlace(DateTime time, SourceConventions conventions, out DateTimeOffset earlier, out DateTimeOffset later)
    {
        earlier = later = default;
        if (time.Kind != DateTimeKind.Unspecified)
        {
            earlier = later = new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero);
            return true;
        }

        var zone = conventions.TimeZone;
        if (zone.IsInvalidTime(time))
        {
            return false; // a time that the spring change of clocks leaves out
        }

        var offsets = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time) : [zone.GetUtcOffset(time)];
        return TryShift(time, offsets.Max(), out earlier) && TryShift(time, offsets.Min(), out later);
    }

    // The first and last hours of the calendar have no place in UTC once an offset is applied.
    private static bool TryShift(DateTime time, TimeSpan offset, out DateTimeOffset instant)
    {
        var ticks = time.Ticks - offset.Ticks;
        var isInCalendar = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        instant = isInCalendar ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isInCalendar;
    }
}
