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
        var zone = section.OptionalTimeZone(ScheduleSettings.TimeZone);
        var text = section.OptionalText(ScheduleSettings.Schedule.Name);
        if (text is null)
        {
            if (section.Has(ScheduleSettings.TimeZone.Name) && !section.Has(ScheduleSettings.Schedule.Name))
            {
                section.AddError(ScheduleSettings.TimeZone.Name, "means something with \"schedule\" only");
            }

            return job;
        }

        try
        {
            return job with { Schedule = JobSchedule.Parse(text, zone) };
        }
        catch (FormatException wrong)
        {
            section.AddError(ScheduleSettings.Schedule.Name, wrong.Message);
            return job;
        }
    }
}
