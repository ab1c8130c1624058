using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Leases;

/// <summary>What Marketo remembers of one run.</summary>
/// <param name="MarketoGuid">Marketo's own id of the record; empty before it is created.</param>
/// <param name="Job">The job's name.</param>
/// <param name="Number">From 1; every run, reset and backfill that changes anything has one.</param>
public sealed record RunRow(string MarketoGuid, string Job, long Number)
{
    public RunKind Kind { get; init; }

    public RunStage Stage { get; init; }

    /// <summary>Tells apart what several hosts wrote.</summary>
    public string Token { get; init; } = "";

    /// <summary>How long the lease holds at most, from <see cref="CreatedAt"/>.</summary>
    public TimeSpan Lease { get; init; }

    /// <summary>Marketo's own stamp, so that leases are compared by one clock.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null while it runs, and after a sudden death.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public string Outcome { get; init; } = "";

    public long Records { get; init; }

    public long Rejects { get; init; }

    public string? Error { get; init; }

    /// <summary>How many notices the source gave, and the first; null for none.</summary>
    public string? Notices { get; init; }

    /// <summary>Rejects that stopped the run, as lines of text that say nothing to the lease; those that fit are kept.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>How far the import was when the run was done; of a reset, where it leads.</summary>
    public Checkpoint End { get; init; } = Checkpoint.Start;

    /// <summary>Number of the next reject when the run was done; null where it did not say.</summary>
    public long? EndNextReject { get; init; }

    /// <summary>From then on nothing of the run can reach Marketo any more. A lease below zero has ended.</summary>
    public DateTimeOffset LeaseEnd =>
        Lease < TimeSpan.Zero ? DateTimeOffset.MinValue
        : CreatedAt < DateTimeOffset.MaxValue - Lease ? CreatedAt + Lease
        : DateTimeOffset.MaxValue;

    /// <summary>It ended, gave way to another, or must be dead.</summary>
    public bool IsOver(DateTimeOffset now) => Stage != RunStage.Claimed || LeaseEnd < now;

    /// <summary>It says for certain how far the import is: it was done, or it is a reset that may not be taken back halfway.</summary>
    internal bool TellsPosition => Stage == RunStage.Done || (Kind == RunKind.Reset && Stage == RunStage.Claimed);
}

/// <summary>What a run is for.</summary>
public enum RunKind
{
    Import,

    /// <summary>Somebody moved the mark.</summary>
    Reset,

    /// <summary>A stretch of the past is imported again; the mark stays.</summary>
    Backfill,

    /// <summary>Rejects are tried again; the source is not read.</summary>
    Retry,

    /// <summary>Somebody said which files are finished.</summary>
    Forget,
}

/// <summary>How far a run's own record is.</summary>
public enum RunStage
{
    /// <summary>The run is at work, or died.</summary>
    Claimed,

    /// <summary>It ended, and the state record says how.</summary>
    Done,

    /// <summary>It never began: another run was first.</summary>
    Void,
}
