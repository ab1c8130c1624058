using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>The settings that say when a job runs by itself.</summary>
internal static class ScheduleSettings
{
    public static Setting Schedule { get; } = Setting.Text(
        "schedule",
        "When \"watch\" runs the job: cron(…) or rate(…) as in AWS, or minute, hour, day, month and weekday as in a crontab. Functions in "
            + "AWS have their schedule in their template, and pass this one over.",
        null,
        "cron(0 3 * * ? *)",
        "rate(10 minutes)",
        "0 6 * * 1-5");

    public static Setting TimeZone { get; } = Setting
        .Text("scheduleTimeZone", "Time zone in which the schedule is meant: an IANA name.", "UTC", "Europe/Berlin")
        .Needing("schedule");

    public static IReadOnlyList<Setting> All { get; } = [Schedule, TimeZone];
}
