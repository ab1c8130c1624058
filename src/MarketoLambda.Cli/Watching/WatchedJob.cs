using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Schedules;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Watching;

/// <summary>A job with its schedule, when it is due next, and how its last run ended.</summary>
internal sealed class WatchedJob(SyncJob job, JobSchedule schedule)
{
    private static readonly TimeSpan AfterOther = TimeSpan.FromSeconds(1);

    public SyncJob Job => job;

    public JobSchedule Schedule => schedule;

    /// <summary>Null where the schedule is over.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Null before the first run, and after one that ended in an error of its own.</summary>
    public SyncReport? LastReport { get; private set; }

    public DateTimeOffset? LastEndedAt { get; private set; }

    /// <summary>The last run ended without a report.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Is asked again and again: where a clock was set back, what the schedule has before holds.</summary>
    public void Plan(DateTimeOffset now)
    {
        var next = schedule.NextAfter(now);
        DueAt = DueAt is { } planned && (next is null || planned < next) ? planned : next;
    }

    /// <summary>It is the same job of a job file that has changed: how its last run ended is known.</summary>
    public void Remember(WatchedJob before) =>
        (LastReport, LastEndedAt, HasFailed) = (before.LastReport, before.LastEndedAt, before.HasFailed);

    /// <summary>It is begun now: however often it was due meanwhile, it runs once.</summary>
    public void Begin(DateTimeOffset now) => DueAt = schedule.NextAfter(now);

    /// <summary>A run that met another one comes again when that one must be over: it may not have seen what is new.</summary>
    public void End(SyncReport report, DateTimeOffset now)
    {
        (LastReport, HasFailed, LastEndedAt) = (report, false, now);
        if (report is { Outcome: RunOutcome.Busy, BusyUntil: { } until } && !(DueAt < until))
        {
            DueAt = (until > now ? until : now) + AfterOther;
        }
    }

    /// <summary>A run ended without a report.</summary>
    public void Fail(DateTimeOffset now) => (LastReport, HasFailed, LastEndedAt) = (null, true, now);
}
