using System.Globalization;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Records;

/// <summary>Datetimes and dates as Marketo takes and gives them: whole seconds, UTC, a literal Z.</summary>
/// <remarks>Source: Adobe, rest-api/field-types. What happens to fractions and missing offsets is unknown, hence two quirks.</remarks>
internal static class MarketoDatetime
{
    private const string Canonical = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary><c>FFFFFFF</c> takes up to seven digits or none; <c>K</c> takes Z, an offset or nothing.</summary>
    private const string Accepted = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    private static readonly string[] Formats = [Accepted];

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Canonical, CultureInfo.InvariantCulture);

    public static string Format(long unixSeconds) => Format(DateTimeOffset.FromUnixTimeSeconds(unixSeconds));

    /// <summary>The canonical form, or null when Marketo would not take the text.</summary>
    public static string? Read(string text, EmulatorQuirks quirks)
    {
        const int SecondsEnd = 19;
        if (text.Length < SecondsEnd
            || !DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return null;
        }

        var rest = text.AsSpan(SecondsEnd);
        var hasFraction = rest.StartsWith(".");
        var hasOffset = rest.IndexOfAny("Z+-") >= 0;
        return (!hasFraction || quirks.AcceptFractionalSeconds) && (hasOffset || quirks.AcceptDatetimeWithoutOffset) ? Format(time) : null;
    }

    /// <summary>The moment; null when the text is none.</summary>
    public static DateTimeOffset? ReadMoment(string text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    public static string? ReadDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;
}
