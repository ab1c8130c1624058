namespace MarketoLambda.Sync.Tests.ClaimModel;

internal enum RowStatus : byte
{
    Absent,
    Claimed,
    Done,
    Void,
}

/// <summary>A request nobody waits for any more, and that may still be executed.</summary>
internal enum LateRequest : byte
{
    None,
    Create,
    Insert,
}

/// <summary>One run: where its process stands, the row it owns, and what it left in flight. Every field is one byte.</summary>
internal readonly record struct ClaimRun
{
    public Step Step { get; init; }

    public byte Sandbox { get; init; }

    public bool IsReset { get; init; }

    public bool IsWarm { get; init; }

    /// <summary>Number of the newest row when this run decided to claim.</summary>
    public byte Tail { get; init; }

    /// <summary><c>lastRun</c> of the record it read.</summary>
    public byte LastRun { get; init; }

    /// <summary>The mark it read or cached, later the one it moved to.</summary>
    public byte Mark { get; init; }

    /// <summary>Version in the batch under way.</summary>
    public byte Sent { get; init; }

    public byte Batches { get; init; }

    public byte PruneTo { get; init; }

    public RowStatus Row { get; init; }

    /// <summary>The mark in its row: the end mark of a done run, the target of a reset.</summary>
    public byte RowMark { get; init; }

    /// <summary>The row one write ago; kept only where reads of it may be stale.</summary>
    public RowStatus RowBefore { get; init; }

    public byte RowMarkBefore { get; init; }

    public LateRequest LateCreate { get; init; }

    /// <summary>Version in a data batch that may still be executed, 0 if none.</summary>
    public byte LateData { get; init; }

    /// <summary>Mark of a record write that may still be executed, plus one; 0 if none.</summary>
    public byte LateCommit { get; init; }

    /// <summary>That record write carries the run number.</summary>
    public bool LateCommitIsNumbered { get; init; }

    /// <summary>Mark of a row write that may still be executed, plus one; 0 if none.</summary>
    public byte LateDone { get; init; }

    public byte LateFloor { get; init; }

    public int Number => Tail + 1;

    public bool IsAlive => Step is not (Step.NotStarted or Step.Gone);

    public bool HasLateRequests => LateCreate != LateRequest.None || LateData != 0 || LateCommit != 0 || LateDone != 0 || LateFloor != 0;

    /// <summary>In its data or commit phase.</summary>
    public bool IsDelivering => Step is Step.ReadSource or Step.SendData or Step.Unanswered or Step.Commit;

    /// <summary>The process is gone; what only the process knew is forgotten, which keeps the state space small.</summary>
    public ClaimRun Leave()
    {
        var hasRow = Row != RowStatus.Absent || LateCreate != LateRequest.None;
        return this with
        {
            Step = Step.Gone,
            IsWarm = false,
            LastRun = 0,
            Sent = 0,
            Batches = 0,
            PruneTo = 0,
            Tail = hasRow ? Tail : (byte)0,
            Mark = hasRow ? Mark : (byte)0,
        };
    }
}
