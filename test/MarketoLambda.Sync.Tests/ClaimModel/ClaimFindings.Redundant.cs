using static MarketoLambda.Sync.Tests.ClaimModel.ClaimScopes;
using static MarketoLambda.Sync.Tests.ClaimModel.Departure;
using static MarketoLambda.Sync.Tests.ClaimModel.Weakness;

namespace MarketoLambda.Sync.Tests.ClaimModel;

internal static partial class ClaimFindings
{
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
            States: 29_388,
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
            States: 29_106,
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
            States: 61_116,
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
            States: 25_927,
            Nothing),
        new(
            "S5",
            "no second record read, straight to the newer done row; reset",
            "",
            CrashAndReset with
            {
                Departures = RecordNotRereadAfterClaim,
            },
            States: 45_947,
            Nothing),
        new(
            "S6",
            "second record read, newer done row ignored; reset",
            "A8",
            CrashAndReset with
            {
                Departures = NewerDoneRowIgnored,
            },
            States: 44_712,
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
            States: 53_217,
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
            States: 60_899,
            Nothing),
        new("S9", "no warm path at all; reset", "A3", CrashAndReset with { Departures = WarmPathLeftOut }, States: 49_277, Nothing),
        new(
            "S10",
            "ambiguous data sent again at once, one batch a run",
            "",
            LossOnly with
            {
                Departures = DataResentEarly,
            },
            States: 18_582,
            Nothing),
        new("S11", "newest done row pruned", "P4", Pruning with { Departures = NewestDoneRowPruned }, States: 45_749, Nothing),
        new(
            "S12",
            "rows followed from lastRun, not from the floor",
            "P17l",
            Pruning with
            {
                Departures = RowsFollowedFromRecordOnly,
            },
            States: 40_885,
            Nothing),
        new("S13", "an absent newest row accepted, rows fresh", "", Pruning with { Departures = AbsentTailAccepted }, States: 40_885, Nothing),
        new(
            "S14",
            "a mismatch refused, no commit ever late; reset",
            "",
            CrashAndReset with
            {
                Departures = MismatchRefused,
            },
            States: 44_712,
            Nothing),
    ];
}
