using System.Globalization;

namespace MarketoLambda.Sync.Wording;

/// <summary>Texts of an instant in UTC, the same in every culture.</summary>
public static class UtcText
{
    /// <summary>Format of <see cref="Seconds"/>.</summary>
    public const string SecondsFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>ISO 8601 in whole seconds, as Marketo and SOQL write it: <c>2026-01-31T23:59:59Z</c>.</summary>
    public static string Seconds(DateTimeOffset instant) => Format(instant, SecondsFormat);

    /// <summary>ISO 8601 with as much of the second as there is, down to 100 ns: <c>2026-01-31T23:59:59.25Z</c>.</summary>
    public static string Exact(DateTimeOffset instant) => Format(instant, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    /// <summary>For a sentence: <c>2026-01-31 23:59:59 UTC</c>.</summary>
    public static string Words(DateTimeOffset instant) => Format(instant, "yyyy-MM-dd HH:mm:ss 'UTC'");

    private static string Format(DateTimeOffset instant, string format) =>
        instant.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
