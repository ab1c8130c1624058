using static MarketoLambda.Sync.Tests.ClaimModel.ClaimScopes;
using static MarketoLambda.Sync.Tests.ClaimModel.Departure;
using static MarketoLambda.Sync.Tests.ClaimModel.Weakness;

namespace MarketoLambda.Sync.Tests.ClaimModel;

internal static partial class ClaimFindings
{
    /// <summary>One assumption or one step taken away, and what breaks.</summary>
    public static IReadOnlyList<ClaimFinding> Breaks { get; } =
    [
        new(
            "B1",
            "commit before the data is acknowledged",
            "M1",
            new ClaimScope { Crashes = 1, Departures = CommitBeforeAcknowledgement },
            States: 10_683,
            "LOSS 7"),
        new(
            "B2",
            "cold start does not test the newest row before it claims",
            "N12",
            new ClaimScope { Crashes = 1, Departures = TailNotTested },
            States: 22_476,
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
            States: 21_538,
            "MUTEX 18, REC 24"),
        new(
            "B4",
            "verify without its own row, create not atomic",
            "",
            new ClaimScope { Weaknesses = CreateIsNotAtomic, Departures = OwnRowNotTested },
            States: 3_750,
            "MUTEX 12, STALE 25"),
        new(
            "B5",
            "create not atomic and stale rows",
            "N4",
            new ClaimScope { Weaknesses = CreateIsNotAtomic | RowReadsAreStale },
            States: 11_081,
            "MUTEX 12, STALE 25, REC 28"),
        new(
            "B6",
            "mark from the first record read; reset",
            "A6",
            new ClaimScope { Resets = 1, Departures = FirstRecordReadTrusted },
            States: 4_921,
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
            States: 4_743,
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
            States: 98_693,
            "RESET 22"),
        new(
            "B9",
            "takeover does not wait for commits; reset",
            "B4",
            CrashAndReset with
            {
                Weaknesses = LateRequests | CommitsOutliveTheLease,
            },
            States: 57_345,
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
            States: 57_525,
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
            States: 69_175,
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
            States: 57_555,
            "REC 17, STUCK 17"),
        new(
            "B13",
            "takeover without grace",
            "B7",
            new ClaimScope { Crashes = 1, Weaknesses = LateRequests | RequestsOutliveTheLease },
            States: 20_945,
            "STALE 21, REC 19"),
        new(
            "B14",
            "a host outlives its lease",
            "B8",
            new ClaimScope { Weaknesses = HostsOutliveTheLease },
            States: 7_544,
            "MUTEX 11, STALE 24, REC 19"),
        new(
            "B15",
            "commits carry no run number",
            "A9",
            new ClaimScope { Crashes = 1, Departures = CommitsCarryNoRunNumber },
            States: 12_288,
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
            States: 23_705,
            "STALE 17"),
        new(
            "B17",
            "finish while an ambiguous data batch may live",
            "",
            LossOnly with
            {
                Departures = FinishDoesNotAwaitData,
            },
            States: 18_817,
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
            States: 59_412,
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
            States: 59_520,
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
            States: 35_359,
            "REC 16"),
        new("B21", "the record edited by hand", "A11", new ClaimScope { Edits = 1 }, States: 6_048, "RESET 15, REC 12"),
        new("B22", "B21, no warm path", "A11c", new ClaimScope { Edits = 1, Departures = WarmPathLeftOut }, States: 9_739, "RESET 17, REC 12"),
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
            States: 2_535,
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
            States: 19_693,
            "MUTEX 16, STALE 26, REC 17, STUCK 17"),
    ];
}
