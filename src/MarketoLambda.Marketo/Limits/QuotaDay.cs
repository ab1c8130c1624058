namespace MarketoLambda.Marketo.Limits;

/// <summary>The day by which Marketo counts calls.</summary>
internal static class QuotaDay
{
    /// <summary>
    /// 12:00 AM CST, read as UTC-6. Whether it follows daylight saving time is not documented; an hour late is harmless, an hour early
    /// costs a refused run. Source: Adobe, rest-api/marketo-integration-best-practices.
    /// </summary>
    private static readonly TimeSpan Start = TimeSpan.FromHours(6);

    /// <summary>When the day of that instant ends, and the next one starts.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset instant) =>
        new DateTimeOffset((instant - Start).UtcDateTime.Date, TimeSpan.Zero) + TimeSpan.FromDays(1) + Start;
}
