using System.Globalization;

namespace MarketoLambda.Cli.Output;

/// <summary>
/// Points in time for people: on a terminal by the clock on their wall, in a file in UTC, so that files of several computers agree.
/// </summary>
internal sealed class ShownTime(TimeZoneInfo zone)
{
    /// <summary>As what is printed now is read.</summary>
    public static ShownTime Here { get; } = new(Console.IsErrorRedirected ? TimeZoneInfo.Utc : TimeZoneInfo.Local);

    private bool IsUtc => zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    /// <summary>Name of the zone: <c>UTC</c> or <c>Europe/Berlin</c>.</summary>
    public string Zone => IsUtc ? "UTC" : zone.Id;

    /// <summary>Where it must be said once what zone times are in; null where they say it themselves.</summary>
    public string? Note => IsUtc ? null : $"Times are those of {Zone}.";

    /// <summary>
    /// To the second, such as <c>2026-11-28 04:27:20Z</c>, or the same without the Z where <see cref="Note"/> names the zone.
    /// </summary>
    public string Text(DateTimeOffset time) => Format(time, IsUtc ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss");

    /// <summary>To the second, with the zone, for a sentence that stands alone.</summary>
    public string Full(DateTimeOffset time) => IsUtc ? Text(time) : $"{Text(time)} ({Zone})";

    /// <summary>For a column whose head names the zone.</summary>
    /// <param name="time">The time.</param>
    /// <param name="hasSeconds">To the second, else to the minute.</param>
    public string Cell(DateTimeOffset time, bool hasSeconds) => Format(time, hasSeconds ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm");

    private string Format(DateTimeOffset time, string format) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString(format, CultureInfo.InvariantCulture);
}
