using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Runs;

/// <summary>A run that is under way: what it is for, and how far it got on its way to a lease.</summary>
/// <remarks>
/// The state has one owner at each moment: <see cref="Start"/> until the run has its lease, then <see cref="LeasedRun.Checkpoints"/>, and
/// the warm states between runs.
/// </remarks>
internal sealed class SyncRun(
    SyncJob job,
    RunPlan plan,
    ITargetWriter target,
    RunDeadline deadline,
    IProgress<RunProgress>? progress,
    DateTimeOffset startedAt,
    ILogger logger)
{
    public SyncJob Job { get; } = job;

    public RunPlan Plan { get; } = plan;

    /// <summary>What the job fills.</summary>
    public ITargetWriter Target { get; } = target;

    public RunDeadline Deadline { get; } = deadline;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>What the source had to say.</summary>
    public RunNotices Notices { get; } = new(job.Name, logger);

    /// <summary>Which record a row is.</summary>
    public RecordKeys Keys { get; } = new();

    /// <summary>Null where Marketo could not be asked.</summary>
    public RunStart? Start { get; private set; }

    /// <summary>How long a lease may be relied on; null before the run asks for one.</summary>
    public LeaseGuard? Guard { get; private set; }

    /// <summary>Null until the run owns its number: until then it must not write to Marketo.</summary>
    public LeasedRun? Leased { get; private set; }

    /// <summary>Marketo has answered this run: it does not only go by what the instance remembers.</summary>
    public bool IsMarketoHeard => Start is { IsWarm: false };

    public void Know(RunStart start) => Start = start;

    public void GuardBy(LeaseGuard guard) => Guard = guard;

    /// <summary>The run owns its number from here on.</summary>
    public LeasedRun Hold(Lease lease, StateStore states, TimeProvider time)
    {
        LastRun begun = new() { Number = lease.Row.Number, Outcome = RunOutcomeText.Running, StartedAt = StartedAt };
        CheckpointSaver checkpoints = new(states, lease.Before, begun, Plan, time)
        {
            Notices = Plan.ReadsSource ? Notices : null,
            Definition = Plan.ReadsWhatIsNew ? Job.Definition : null,
        };
        return Leased = new LeasedRun(lease, new CommittedPrefix(Plan.Start(lease.Before)), checkpoints);
    }

    public void ReportProgress(LeasedRun leased, SourceProgress source, DateTimeOffset now) =>
        progress?.Report(
            new RunProgress(
                leased.Prefix.Accepted,
                leased.Prefix.Rejected,
                source.RecordsSkipped,
                source.Fraction,
                now - StartedAt));

    /// <summary>Where the job file has changed since a state was written, what that means for what was imported before.</summary>
    public IEnumerable<SourceNotice> ChangesSince(StateRecord state) =>
        Plan.ReadsWhatIsNew && state.ChangeOf(Job) is { } change
            ? [new SourceNotice(new(Job.Name, 0), SourceNotice.JobChanged, change)]
            : [];
}
