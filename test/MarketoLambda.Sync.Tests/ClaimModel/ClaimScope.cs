namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>What the world around the protocol may do to it.</summary>
[Flags]
internal enum Weakness
{
    None = 0,

    /// <summary>
    /// A request whose reply was lost, or whose sender crashed, is executed at any later time; without it at once or never.
    /// </summary>
    LateRequests = 1 << 0,

    /// <summary><c>createOnly</c> looks first and inserts later.</summary>
    CreateIsNotAtomic = 1 << 1,

    /// <summary>A read of the state record may show it as it was one write ago.</summary>
    RecordReadsAreStale = 1 << 2,

    /// <summary>A read of run rows may miss the last write to each of them.</summary>
    RowReadsAreStale = 1 << 3,

    /// <summary>A commit may outlive the lease of the run that sent it (no 120 s in the lease).</summary>
    CommitsOutliveTheLease = 1 << 4,

    /// <summary>Any request may outlive the lease of the run that sent it.</summary>
    RequestsOutliveTheLease = 1 << 5,

    /// <summary>A host runs on after its lease has ended.</summary>
    HostsOutliveTheLease = 1 << 6,
}

/// <summary>A step of the protocol that is left out, or done in another way.</summary>
[Flags]
internal enum Departure
{
    None = 0,
    CommitBeforeAcknowledgement = 1 << 0,
    TailNotTested = 1 << 1,
    PredecessorNotTested = 1 << 2,
    SuccessorNotTested = 1 << 3,
    FloorNotTested = 1 << 4,
    OwnRowNotTested = 1 << 5,
    FirstRecordReadTrusted = 1 << 6,
    NewerDoneRowIgnored = 1 << 7,
    MismatchRefused = 1 << 8,
    CommitsCarryNoRunNumber = 1 << 9,
    DataResentEarly = 1 << 10,
    FinishDoesNotAwaitData = 1 << 11,
    FinishDoesNotAwaitCommits = 1 << 12,
    RowDoneBeforeRecord = 1 << 13,
    CachedWithoutAcknowledgement = 1 << 14,
    LosersDoNotVoid = 1 << 15,
    DeletedBeforeFloor = 1 << 16,
    NewestDoneRowPruned = 1 << 17,
    RowsFollowedFromRecordOnly = 1 << 18,
    RecordNotRereadAfterClaim = 1 << 19,
    AbsentTailAccepted = 1 << 20,
    WarmPathLeftOut = 1 << 21,
    UnfinishedResetIgnored = 1 << 22,
}

/// <summary>How much happens in one exploration, in which world, with which departures from the protocol.</summary>
internal sealed record ClaimScope
{
    /// <summary>Runs started from the initial state on.</summary>
    public int Starts { get; init; } = 3;

    public int Sandboxes { get; init; } = 2;

    public int Crashes { get; init; }

    /// <summary>Replies that get lost.</summary>
    public int Losses { get; init; }

    public int Resets { get; init; }

    /// <summary>Edits of the record by hand, without a claim.</summary>
    public int Edits { get; init; }

    public int Prunes { get; init; }

    /// <summary>Batches, each with its commit, that one run may send.</summary>
    public int Batches { get; init; } = 1;

    /// <summary>Versions the one source row goes through.</summary>
    public int SourceVersions { get; init; } = 2;

    /// <summary>Clean runs before the initial state, for explorations of pruning.</summary>
    public int PastRuns { get; init; }

    /// <summary>Set, the second sandbox has already done its cold reads, at a time when there was no row, and not yet claimed.</summary>
    public bool HasSlowStarter { get; init; }

    public Weakness Weaknesses { get; init; }

    public Departure Departures { get; init; }

    /// <summary>Slots of <see cref="ClaimState.Runs"/> in use when all runs have started.</summary>
    public int Runs => PastRuns + (HasSlowStarter ? 1 : 0) + Starts;

    public bool Has(Weakness weakness) => (Weaknesses & weakness) != 0;

    public bool Has(Departure departure) => (Departures & departure) != 0;
}
