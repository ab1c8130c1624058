using System.Globalization;
using System.Text;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Values;

/// <summary>
/// Reads points in time from a source's text: no part is taken from anywhere else, and no result depends on the day of the run.
/// </summary>
public static class SourceInstant
{
    private const DateTimeStyles Styles =
        DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.RoundtripKind;

    /// <summary>
    /// Reads a time with the first of the formats that fits, or ISO 8601 and the culture's own forms where there are none.
    /// A time without an offset is in the source's zone.
    /// </summary>
    /// <remarks>In the hour that a zone repeats in autumn, the result is the later (standard-time) instant.</remarks>
    public static bool TryParse(string text, TimeFormats? formats, SourceConventions conventions, out DateTimeOffset instant) =>
        TryParse(text, formats, conventions, out _, out instant);

    /// <summary>The same, with both instants that a time may mean in the hour that a zone repeats in autumn.</summary>
    /// <remarks>At any other time, and for every text that carries its offset, the two are equal.</remarks>
    public static bool TryParse(
        string text, TimeFormats? formats, SourceConventions conventions, out DateTimeOffset earlier, out DateTimeOffset later)
    {
        earlier = later = default;
        return TryRead(text, formats, conventions, out var time) && TryPlace(time, conventions, out earlier, out later);
    }

    /// <summary>Reads the date as it is written, whatever the offset behind it.</summary>
    public static bool TryParseDate(string text, TimeFormats? formats, SourceConventions conventions, out DateOnly date)
    {
        var isDate = TryRead(text, formats, conventions, out var time);
        date = DateOnly.FromDateTime(time.Clock);
        return isDate;
    }

    /// <summary>Whether the text is a time that the spring change of clocks leaves out in the source's zone.</summary>
    public static bool IsLeftOut(string text, TimeFormats? formats, SourceConventions conventions) =>
        TryRead(text, formats, conventions, out var time) && time.Offset is null && conventions.TimeZone.IsInvalidTime(time.Clock);

    /// <summary>Gives a time of the source its place on the world's clock.</summary>
    public static bool TryPlace(DateTime time, SourceConventions conventions, out DateTimeOffset instant)
    {
        if (time.Kind == DateTimeKind.Unspecified)
        {
            return TryPlace(new WrittenTime(time, null), conventions, out _, out instant);
        }

        instant = new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads the time as it is written, before it has a place on the world's clock.</summary>
    internal static bool TryRead(string text, TimeFormats? formats, SourceConventions conventions, out WrittenTime time)
    {
        var plain = WithPlainBlanks(text);
        if (formats is null)
        {
            return CultureDates.From(conventions.Culture).TryRead(plain, out time);
        }

        foreach (var format in formats.All)
        {
            if (NumericTime.IsFormat(format)
                ? NumericTime.TryRead(text, format, conventions, out time)
                : TryReadExactly(plain, WithPlainBlanks(format), conventions.Culture, out time))
            {
                return true;
            }
        }

        time = default;
        return false;
    }

    private static bool TryReadExactly(string text, string format, CultureInfo culture, out WrittenTime time) =>
        (TryReadAsWritten(text, format, culture, out time) || CultureForms.TryRead(text, format, culture, TryReadAsWritten, out time))
        && time.Clock.Date != DateTime.MinValue && CultureDates.From(culture).IsInReach(time.Clock);

    private static bool TryReadAsWritten(string text, string format, CultureInfo culture, out WrittenTime time)
    {
        time = default;
        if (!DateTime.TryParseExact(text, format, culture, Styles, out var clock))
        {
            return false;
        }

        if (clock.Kind == DateTimeKind.Unspecified)
        {
            time = new WrittenTime(clock, null);
            return true;
        }

        const DateTimeStyles withOffset = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal;
        var isOffset = DateTimeOffset.TryParseExact(text, format, culture, withOffset, out var instant);
        time = new WrittenTime(instant.DateTime, instant.Offset);
        return isOffset;
    }

    /// <summary>Programs write other blanks before <c>PM</c>, and marks for the direction of writing, that nobody sees.</summary>
    private static string WithPlainBlanks(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Trim();
        }

        Span<char> plain = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var sign in text)
        {
            if (sign is not ('\u200e' or '\u200f' or '\u061c'))
            {
                plain[length++] = char.IsWhiteSpace(sign) ? ' ' : sign;
            }
        }

        return plain[..length].Trim().ToString();
    }

    private static bool TryPlace(WrittenTime time, SourceConventions conventions, out DateTimeOffset earlier, out DateTimeOffset later)
    {
        earlier = later = default;
        if (time.Offset is { } offset)
        {
            return TryShift(time.Clock, offset, out earlier) && TryShift(time.Clock, offset, out later);
        }

        var zone = conventions.TimeZone;
        if (zone.IsInvalidTime(time.Clock))
        {
            return false; // a time that the spring change of clocks leaves out
        }

        var offsets = zone.IsAmbiguousTime(time.Clock) ? zone.GetAmbiguousTimeOffsets(time.Clock) : [zone.GetUtcOffset(time.Clock)];
        return TryShift(time.Clock, offsets.Max(), out earlier) && TryShift(time.Clock, offsets.Min(), out later);
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
