using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Sources;

/// <summary>The setting that several sources have in common.</summary>
internal static class SectionTimeZone
{
    /// <summary>The zone of times that carry none: <c>timeZone</c>, an IANA name; UTC where it is absent.</summary>
    public static TimeZoneInfo TimeZone(this JobSection section)
    {
        var name = section.OptionalText("timeZone", "UTC");
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        section.Refuse("timeZone", "is not a known time zone; use an IANA name such as Europe/Berlin");
        return TimeZoneInfo.Utc;
    }
}
