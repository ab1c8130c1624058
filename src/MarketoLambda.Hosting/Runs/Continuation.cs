using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Hosting.Runs;

/// <summary>When a job is run again at once, and how long one waits for a run of it that is at work elsewhere.</summary>
public static class Continuation
{
    /// <summary>The run was cut off by its time. One that moved nothing is not continued: the next would not either.</summary>
    public static bool IsWorthwhile(SyncReport report) =>
        report.Outcome == RunOutcome.Continued && report is not { Accepted: 0, Rejected: 0, Waiting: 0, Resolved: 0, Dismissed: 0 };

    /// <summary>Time until a run that holds the job has ended or lost its lease; at least <paramref name="min"/>.</summary>
    public static TimeSpan WaitFor(DateTimeOffset busyUntil, DateTimeOffset now, TimeSpan min)
    {
        var wait = busyUntil - now + TimeSpan.FromSeconds(1);
        return wait > min ? wait : min;
    }
}
