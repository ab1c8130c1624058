using static MarketoLambda.Sync.Tests.ClaimModel.Departure;
using static MarketoLambda.Sync.Tests.ClaimModel.Weakness;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>What the explorations said. The tests repeat them, and the README shows them.</summary>
internal static class ClaimFindings
{
    private const string Nothing = "all hold";

    /// <summary>One crash, one lost reply, every request executed at any later time.</summary>
    private static readonly ClaimScope Ordinary = new() { Weaknesses = LateRequests, Crashes = 1, Losses = 1 };

    private static readonly ClaimScope WithReset = Ordinary with { Resets = 1 };

    private static readonly ClaimScope CrashAndReset = WithReset with { Losses = 0 };

    private static readonly ClaimScope CrashOnly = Ordinary with { Losses = 0 };

    private static readonly ClaimScope LossOnly = Ordinary with { Crashes = 0 };

    private static readonly ClaimScope Pruning = Ordinary with { PastRuns = 3, Prunes = 1, Starts = 2, HasSlowStarter = true };

    /// <summary>The recommended protocol, whole, in every world it has to bear.</summary>
    public static IReadOnlyList<ClaimFinding> Holds { get; } =
    [
        new("H1", "nothing goes wrong", "", new ClaimScope(), 1_409, Nothing),
        new("H2", "a process crashes", "", new ClaimScope { Crashes = 1 }, 9_995, Nothing),
        new("H3", "a reply is lost", "", new ClaimScope { Losses = 1 }, 9_813, Nothing),
        new("H4", "crash, lost reply, late requests", "A1", Ordinary, 84_630, Nothing),
        new("H5", "H4 + reset", "A2, A8", WithReset, 275_780, Nothing),
        new("H6", "H4, create not atomic", "N1", Ordinary with { Weaknesses = LateRequests | CreateIsNotAtomic }, 181_901, Nothing),
        new(
            "H7",
            "crash, late requests, reset, stale record",
            "N8",
            CrashAndReset with
            {
                Weaknesses = LateRequests | RecordReadsAreStale,
            },
            53_151,
            Nothing),
        new("H8", "H4, stale rows", "N3", Ordinary with { Weaknesses = LateRequests | RowReadsAreStale }, 140_810, Nothing),
        new(
            "H9",
            "crash, late requests, reset, stale record and stale rows",
            "",
            CrashAndReset with
            {
                Weaknesses = LateRequests | RecordReadsAreStale | RowReadsAreStale,
            },
            99_023,
            Nothing),
        new("H10", "H4, two batches a run", "A5", Ordinary with { Batches = 2 }, 105_726, Nothing),
        new("H11", "H4 + pruning, a starter that read before the first run", "P17", Pruning, 40_885, Nothing),
        new("H12", "H11, create not atomic", "P12m", Pruning with { Weaknesses = LateRequests | CreateIsNotAtomic }, 61_116, Nothing),
        new("H13", "H5, create not atomic", "N2", WithReset with { Weaknesses = LateRequests | CreateIsNotAtomic }, 597_370, Nothing)
        {
            IsLarge = true,
        },
        new(
            "H14",
            "H5, create not atomic, stale record",
            "R6",
            WithReset with
            {
                Weaknesses = LateRequests | CreateIsNotAtomic | RecordReadsAreStale,
            },
            787_000,
            Nothing)
        {
            IsLarge = true,
        },
        new("H15", "H5, stale rows", "N3", WithReset with { Weaknesses = LateRequests | RowReadsAreStale }, 463_908, Nothing)
        {
            IsLarge = true,
        },
        new("H16", "H5, two lost replies, two batches a run", "E5, E7b", WithReset with { Losses = 2, Batches = 2 }, 1_032_404, Nothing)
        {
            IsLarge = true,
        },
        new("H17", "H5, two batches a run, three source versions", "", WithReset with { Batches = 2, SourceVersions = 3 }, 878_896, Nothing)
        {
            IsLarge = true,
        },
        new("H18", "H5, four runs", "R4", WithReset with { Starts = 4 }, 2_664_239, Nothing) { IsLarge = true },
        new(
            "H19",
            "H5 + pruning, slow starter, two past runs and three more",
            "R7",
            WithReset with
            {
                PastRuns = 2,
                Prunes = 1,
                Starts = 3,
                HasSlowStarter = true,
            },
            1_467_888,
            Nothing)
        {
            IsLarge = true,
        },
    ];

    /// <summary>Steps that may be left out alone without a consequence the model can see; the README says why they stay.</summary>
    public static IReadOnlyList<ClaimFinding> Redundant { get; } =
    [
        new(
            "S1",
            "verify without N+2, crash, create not atomic",
            "N9",
            CrashOnly with
            {
                Weaknesses = LateRequests | CreateIsNotAtomic,
                Departures = SuccessorNotTested,
            },
            29_388,
            Nothing),
        new(
            "S2",
            "verify without N, crash, create not atomic",
            "N10b",
            CrashOnly with
            {
                Weaknesses = LateRequests | CreateIsNotAtomic,
                Departures = PredecessorNotTested,
            },
            29_106,
            Nothing),
        new(
            "S3",
            "verify without N and N+2, create not atomic, pruning",
            "N10p",
            Pruning with
            {
                Weaknesses = LateRequests | CreateIsNotAtomic,
                Departures = PredecessorNotTested | SuccessorNotTested,
            },
            61_116,
            Nothing),
        new(
            "S4",
            "losers do not void, crash, create not atomic",
            "N11",
            CrashOnly with
            {
                Weaknesses = LateRequests | CreateIsNotAtomic,
                Departures = LosersDoNotVoid,
            },
            25_927,
            Nothing),
        new(
            "S5",
            "no second record read, straight to the newer done row; reset",
            "",
            CrashAndReset with
            {
                Departures = RecordNotRereadAfterClaim,
            },
            45_947,
            Nothing),
        new(
            "S6",
            "second record read, newer done row ignored; reset",
            "A8",
            CrashAndReset with
            {
                Departures = NewerDoneRowIgnored,
            },
            44_712,
            Nothing),
        new(
            "S7",
            "unfinished reset row ignored; stale record, reset",
            "B5",
            CrashAndReset with
            {
                Weaknesses = LateRequests | RecordReadsAreStale,
                Departures = UnfinishedResetIgnored,
            },
            53_217,
            Nothing),
        new(
            "S8",
            "cached although the row's reply was lost; reset",
            "",
            WithReset with
            {
                Crashes = 0,
                Departures = CachedWithoutAcknowledgement,
            },
            60_899,
            Nothing),
        new("S9", "no warm path at all; reset", "A3", CrashAndReset with { Departures = WarmPathLeftOut }, 49_277, Nothing),
        new(
            "S10",
            "ambiguous data sent again at once, one batch a run",
            "",
            LossOnly with
            {
                Departures = DataResentEarly,
            },
            18_582,
            Nothing),
        new("S11", "newest done row pruned", "P4", Pruning with { Departures = NewestDoneRowPruned }, 45_749, Nothing),
        new(
            "S12",
            "rows followed from lastRun, not from the floor",
            "P17l",
            Pruning with
            {
                Departures = RowsFollowedFromRecordOnly,
            },
            40_885,
            Nothing),
        new("S13", "an absent newest row accepted, rows fresh", "", Pruning with { Departures = AbsentTailAccepted }, 40_885, Nothing),
        new(
            "S14",
            "a mismatch refused, no commit ever late; reset",
            "",
            CrashAndReset with
            {
                Departures = MismatchRefused,
            },
            44_712,
            Nothing),
    ];

    /// <summary>One assumption or one step taken away, and what breaks.</summary>
    public static IReadOnlyList<ClaimFinding> Breaks { get; } =
    [
        new(
            "B1",
            "commit before the data is acknowledged",
            "M1",
            new ClaimScope { Crashes = 1, Departures = CommitBeforeAcknowledgement },
            10_683,
            "LOSS 7"),
        new(
            "B2",
            "cold start does not test the newest row before it claims",
            "N12",
            new ClaimScope { Crashes = 1, Departures = TailNotTested },
            22_476,
            "MUTEX 15, STALE 26, REC 24"),
        new(
            "B3",
            "absent newest row accepted, stale rows",
            "",
            new ClaimScope
            {
                Crashes = 1,
                Weaknesses = RowReadsAreStale,
                Departures = AbsentTailAccepted,
            },
            21_538,
            "MUTEX 18, REC 24"),
        new(
            "B4",
            "verify without its own row, create not atomic",
            "",
            new ClaimScope { Weaknesses = CreateIsNotAtomic, Departures = OwnRowNotTested },
            3_750,
            "MUTEX 12, STALE 25"),
        new(
            "B5",
            "create not atomic and stale rows",
            "N4",
            new ClaimScope { Weaknesses = CreateIsNotAtomic | RowReadsAreStale },
            11_081,
            "MUTEX 12, STALE 25, REC 28"),
        new(
            "B6",
            "mark from the first record read; reset",
            "A6",
            new ClaimScope { Resets = 1, Departures = FirstRecordReadTrusted },
            4_921,
            "RESET 21"),
        new(
            "B7",
            "newer done row ignored, stale record; reset",
            "N6",
            new ClaimScope
            {
                Resets = 1,
                Weaknesses = RecordReadsAreStale,
                Departures = NewerDoneRowIgnored,
            },
            4_743,
            "RESET 22"),
        new(
            "B8",
            "unfinished reset row ignored, stale record and stale rows; reset",
            "",
            CrashAndReset with
            {
                Weaknesses = LateRequests | RecordReadsAreStale | RowReadsAreStale,
                Departures = UnfinishedResetIgnored,
            },
            98_693,
            "RESET 22"),
        new(
            "B9",
            "takeover does not wait for commits; reset",
            "B4",
            CrashAndReset with
            {
                Weaknesses = LateRequests | CommitsOutliveTheLease,
            },
            57_345,
            "REC 17"),
        new(
            "B10",
            "B9, newer done row ignored",
            "B2",
            CrashAndReset with
            {
                Weaknesses = LateRequests | CommitsOutliveTheLease,
                Departures = NewerDoneRowIgnored,
            },
            57_525,
            "RESET 23, REC 17"),
        new(
            "B11",
            "B9, commits carry no run number",
            "B6",
            CrashAndReset with
            {
                Weaknesses = LateRequests | CommitsOutliveTheLease,
                Departures = CommitsCarryNoRunNumber,
            },
            69_175,
            "RESET 22, REC 14"),
        new(
            "B12",
            "B9, a mismatch is refused",
            "B3",
            CrashAndReset with
            {
                Weaknesses = LateRequests | CommitsOutliveTheLease,
                Departures = MismatchRefused,
            },
            57_555,
            "REC 17, STUCK 17"),
        new(
            "B13",
            "takeover without grace",
            "B7",
            new ClaimScope { Crashes = 1, Weaknesses = LateRequests | RequestsOutliveTheLease },
            20_945,
            "STALE 21, REC 19"),
        new(
            "B14",
            "a host outlives its lease",
            "B8",
            new ClaimScope { Weaknesses = HostsOutliveTheLease },
            7_544,
            "MUTEX 11, STALE 24, REC 19"),
        new(
            "B15",
            "commits carry no run number",
            "A9",
            new ClaimScope { Crashes = 1, Departures = CommitsCarryNoRunNumber },
            12_288,
            "REC 18"),
        new(
            "B16",
            "ambiguous data sent again at once, two batches a run",
            "E6",
            LossOnly with
            {
                Batches = 2,
                Departures = DataResentEarly,
            },
            23_705,
            "STALE 17"),
        new(
            "B17",
            "finish while an ambiguous data batch may live",
            "",
            LossOnly with
            {
                Departures = FinishDoesNotAwaitData,
            },
            18_817,
            "STALE 21"),
        new(
            "B18",
            "finish while an ambiguous commit may live; reset",
            "E4",
            LossOnly with
            {
                Resets = 1,
                Departures = FinishDoesNotAwaitCommits,
            },
            59_412,
            "REC 17"),
        new(
            "B19",
            "B18, newer done row ignored",
            "E2c",
            LossOnly with
            {
                Resets = 1,
                Departures = FinishDoesNotAwaitCommits | NewerDoneRowIgnored,
            },
            59_520,
            "RESET 23, REC 17"),
        new(
            "B20",
            "row done before the record; reset",
            "A10",
            new ClaimScope
            {
                Crashes = 1,
                Resets = 1,
                Departures = RowDoneBeforeRecord,
            },
            35_359,
            "REC 16"),
        new("B21", "the record edited by hand", "A11", new ClaimScope { Edits = 1 }, 6_048, "RESET 15, REC 12"),
        new("B22", "B21, no warm path", "A11c", new ClaimScope { Edits = 1, Departures = WarmPathLeftOut }, 9_739, "RESET 17, REC 12"),
        new(
            "B23",
            "verify without the floor, pruning",
            "P15",
            Pruning with
            {
                Crashes = 0,
                Losses = 0,
                Departures = FloorNotTested,
            },
            2_535,
            "MUTEX 16, STALE 29, REC 19"),
        new(
            "B24",
            "rows deleted before the floor is raised",
            "",
            Pruning with
            {
                Losses = 0,
                Departures = DeletedBeforeFloor,
            },
            19_693,
            "MUTEX 16, STALE 26, REC 17, STUCK 17"),
    ];

    public static IEnumerable<ClaimFinding> All => [.. Holds, .. Breaks, .. Redundant];
}
