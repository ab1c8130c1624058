using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Schedules;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>Reads when a job runs by itself.</summary>
internal static class JobScheduleReading
{
    /// <summary>The job with its schedule.</summary>
    public static SyncJob Read(JobSection section, SyncJob job)
    {
        var zone = Zone(section);
        var text = section.OptionalText(JobSettings.Schedule.Name);
        if (text is null)
        {
            if (section.Has(JobSettings.ScheduleTimeZone.Name) && !section.Has(JobSettings.Schedule.Name))
            {
                section.AddError(JobSettings.ScheduleTimeZone.Name, "means something with \"schedule\" only");
            }

            return job;
        }

        try
        {
            return job with { Schedule = JobSchedule.Parse(text, zone) };
        }
        catch (FormatException wrong)
        {
            section.AddError(JobSettings.Schedule.Name, wrong.Message);
            return job;
        }
    }

    private static TimeZoneInfo Zone(JobSection section)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(section.OptionalText(JobSettings.ScheduleTimeZone), out var zone))
        {
            return zone;
        }

        section.AddError(JobSettings.ScheduleTimeZone.Name, "is not a known time zone; use an IANA name such as Europe/Berlin");
        return TimeZoneInfo.Utc;
    }
}
