using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>What is known about the run that is under way.</summary>
internal sealed class SyncRun(SyncJob job, DateTimeOffset startedAt)
{
    private CheckpointSaver? _checkpoints;
    private StateRecord? _before;

    public SyncJob Job { get; } = job;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>How far the source is finished.</summary>
    public FinishedPrefix Prefix { get; private set; } = new(Checkpoint.Start);

    public RunOutcome Outcome { get; set; } = RunOutcome.Failed;

    /// <summary>What went wrong and what to do.</summary>
    public string? Error { get; private set; }

    public bool IsAlerted { get; set; }

    /// <summary>Records below the mark, passed over.</summary>
    public long Skipped { get; set; }

    /// <summary>Null until something is read.</summary>
    public Transfer? Transfer { get; set; }

    /// <summary>The state record could be read.</summary>
    public bool IsBegun => _checkpoints is not null;

    public CheckpointSaver Checkpoints => _checkpoints ?? throw new InvalidOperationException("The run has not begun.");

    /// <summary>Records that are finished although no checkpoint in Marketo says so.</summary>
    public long Unrecorded => Prefix.Accepted - ((_checkpoints?.Saved.TotalRecordsInEpoch ?? 0) - (_before?.TotalRecordsInEpoch ?? 0));

    /// <summary>Nothing was moved and the state record already tells of a clean run: Marketo needs no write.</summary>
    public bool HasNothingToRecord =>
        Outcome == RunOutcome.Succeeded && Prefix is { Accepted: 0, Rejected: 0 } && Prefix.Position == _before?.Checkpoint && _before.LastRun is not { IsClean: false };

    private long Number => (_before?.LastRun?.Number ?? 0) + 1;

    public void Begin(StateRecord before, StateStore states, TimeProvider time)
    {
        _before = before;
        Prefix = new FinishedPrefix(before.Checkpoint);
        _checkpoints = new CheckpointSaver(states, before, new LastRun { Number = Number, Outcome = RunOutcomeText.Running, StartedAt = StartedAt }, time);
    }

    public void Fail(RunOutcome outcome, string error) => (Outcome, Error) = (outcome, error);

    public SyncReport Report(DateTimeOffset now) => new()
    {
        Job = Job.ApiName,
        RunNumber = !IsBegun ? 0 : Outcome == RunOutcome.NothingNew ? Number - 1 : Number,
        Outcome = Outcome,
        StartedAt = StartedAt,
        Elapsed = now - StartedAt,
        Accepted = Prefix.Accepted,
        Rejected = Prefix.Rejected,
        Skipped = Skipped,
        Superseded = Transfer?.Superseded ?? 0,
        Unrecorded = Unrecorded,
        Checkpoint = _checkpoints?.Saved.Checkpoint,
        Notices = Transfer?.Notices ?? [],
        Error = Error,
        IsAlerted = IsAlerted,
    };
}
