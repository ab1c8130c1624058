using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Runs;

/// <summary>What is known about the run that is under way.</summary>
internal sealed class SyncRun(SyncJob job, ITargetWriter target, RunKind kind, Backfill? backfill, DateTimeOffset startedAt, ILogger logger)
{
    private CheckpointSaver? _checkpoints;

    public SyncJob Job { get; } = job;

    /// <summary>What the job fills.</summary>
    public ITargetWriter Target { get; } = target;

    public RunKind Kind { get; } = kind;

    /// <summary>What is imported again; null for what is new.</summary>
    public Backfill? Backfill { get; } = backfill;

    /// <summary>What somebody asks to be done with rejects; null where the source is read.</summary>
    public RejectWork? RejectWork { get; init; }

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>What the run knew of the state before it claimed anything; null when it could not be read.</summary>
    public StateRecord? Known { get; set; }

    /// <summary>The target, where the run has asked for it already; what the job is checked against.</summary>
    public RecordTypeDescription? Description { get; set; }

    /// <summary>Most characters Marketo holds of a resume position.</summary>
    public int ResumeCapacity { get; set; }

    /// <summary>Null until the run owns its number: until then it must not write to Marketo.</summary>
    public Lease? Lease { get; private set; }

    /// <summary>How long the claim may be relied on; null before the run claims.</summary>
    public LeaseGuard? LeaseGuard { get; set; }

    /// <summary>Another run is at work, at most until then.</summary>
    public DateTimeOffset? BusyUntil { get; set; }

    /// <summary>How far the source is finished.</summary>
    public CommittedPrefix Prefix { get; private set; } = new(Checkpoint.Start);

    public RunOutcome Outcome { get; set; } = RunOutcome.Failed;

    /// <summary>What went wrong and what to do.</summary>
    public string? Error { get; private set; }

    /// <summary>The exception behind <see cref="Error"/>: decides what to advise, and is told to nobody.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Marketo has answered this run: it does not only go by what the instance remembers.</summary>
    public bool IsMarketoHeard { get; set; }

    public bool IsAlerted { get; set; }

    public DateTimeOffset? StandingAlertSentAt { get; set; }

    /// <summary>What the job's source keeps in Marketo beside its position.</summary>
    public ISourceHistory? History { get; set; }

    /// <summary>Which record a row is.</summary>
    public RecordKeys Keys { get; } = new();

    /// <summary>Records below the mark, passed over.</summary>
    public long Skipped { get; set; }

    /// <summary>Records below the mark, sent again.</summary>
    public long Repeated { get; set; }

    /// <summary>Null until something is read.</summary>
    public Transfer? Transfer { get; set; }

    /// <summary>What the source had to say.</summary>
    public RunNotices Notices { get; } = new(job.ApiName, logger);

    /// <summary>Where the job file has changed since a state was written, what that means for what was imported before.</summary>
    public IEnumerable<SourceNotice> ChangesSince(StateRecord state) =>
        Kind == RunKind.Import && state.ChangeOf(Job) is { } change ? [new SourceNotice(new(Job.ApiName, 0), "job-changed", change)] : [];

    /// <summary>Earlier rejects that Marketo accepted.</summary>
    private long Resolved => _checkpoints?.Rejects?.Resolved ?? 0;

    private string? Label => Kind == RunKind.Retry ? (RejectWork ?? RejectWork.RetryAll()).ToString() : Backfill?.ToString();

    public CheckpointSaver Checkpoints => _checkpoints ?? throw new InvalidOperationException("The run has no claim.");

    /// <summary>Records that are finished although no checkpoint in Marketo says so.</summary>
    public long Unrecorded =>
        Prefix.Accepted + Resolved - ((_checkpoints?.Saved.TotalRecordsInEpoch ?? 0) - (Lease?.Before.TotalRecordsInEpoch ?? 0));

    public void Begin(Lease lease, StateStore states, TimeProvider time)
    {
        Lease = lease;
        Prefix = new CommittedPrefix(Backfill?.Position ?? lease.Before.Checkpoint);
        _checkpoints = new CheckpointSaver(
            states,
            lease.Before,
            new LastRun
            {
                Number = lease.Row.Number,
                Outcome = RunOutcomeText.Running,
                StartedAt = StartedAt,
            },
            time,
            Backfill,
            Label)
        {
            Notices = Kind == RunKind.Retry ? null : Notices,
            Definition = Kind == RunKind.Import ? Job.Definition : null,
        };
    }

    /// <summary>What to ask the job's source for.</summary>
    public ReadRequest Request(Checkpoint from) => new(from, Job.Columns, ResumeCapacity)
    {
        Until = Backfill?.Until,
        History = Backfill?.History ?? History,
        KeyOf = Keys.Of,
    };

    public void Fail(RunOutcome outcome, string error, Exception failure) => (Outcome, Error, Failure) = (outcome, error, failure);

    public SyncReport Report(DateTimeOffset now) => new()
    {
        Job = Job.ApiName,
        RunNumber = Lease?.Row.Number ?? Known?.LastRunNumber ?? 0,
        Outcome = Outcome,
        StartedAt = StartedAt,
        Elapsed = now - StartedAt,
        Accepted = Prefix.Accepted,
        Rejected = Prefix.Rejected,
        Resolved = Resolved,
        Dismissed = _checkpoints?.Rejects?.Dismissed ?? 0,
        OpenRejects = (_checkpoints?.Rejects?.Counters ?? Known?.Rejects)?.Open ?? 0,
        Skipped = Skipped,
        Repeated = Repeated,
        Superseded = Transfer?.Superseded ?? 0,
        Unrecorded = Unrecorded,
        Checkpoint = (_checkpoints?.Saved ?? Known)?.Checkpoint,
        Notices = [.. Notices.First],
        NoticeCount = Notices.Count,
        Error = Error,
        IsAlerted = IsAlerted,
        StandingAlertSentAt = StandingAlertSentAt,
        BusyUntil = BusyUntil,
    };
}
