using CsCheck;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>What must never happen, whatever the schedule.</summary>
internal enum Invariant
{
    Loss,
    Mutex,
    Stale,
    Reset,
    Rec,
    Stuck,
}

/// <summary>The promises of the protocol, each with the sentence it comes from.</summary>
internal static class Invariants
{
    public static Spec<ClaimState> Require(this Spec<ClaimState> spec, ClaimScope scope, Invariant invariant) =>
        invariant switch
        {
            Invariant.Loss => spec.Invariant("LOSS", "The mark never passes what was delivered.", NothingIsLost),
            Invariant.Mutex => spec.Invariant("MUTEX", "One run at a time is in its data or commit phase.", OneRunDelivers),
            Invariant.Stale => spec.Invariant("STALE", "No old value lies on top of a newer one when all is quiet.", NothingIsStale),
            Invariant.Reset => spec.Never("RESET", "Nothing starts above an acknowledged reset.", StartsAboveReset),
            Invariant.Rec => spec.Invariant(
                "REC",
                "At rest the record shows the mark the last finished run wrote.",
                state => RecordIsCurrent(state, scope)),
            _ => spec.Invariant("STUCK", "A cold start can always own a run in the end.", state => ColdStartCanOwn(state, scope)),
        };

    private static bool NothingIsLost(ClaimState state)
    {
        for (var index = 0; index < state.Started; index++)
        {
            if (state.Runs[index].Row == RowStatus.Done && state.Runs[index].RowMark > state.Delivered)
            {
                return false;
            }
        }

        return state.Record.Mark <= state.Delivered
            && state.FirstCache.Mark <= state.Delivered
            && state.SecondCache.Mark <= state.Delivered;
    }

    private static bool OneRunDelivers(ClaimState state)
    {
        var delivering = 0;
        for (var index = 0; index < state.Started; index++)
        {
            delivering += state.Runs[index].IsDelivering ? 1 : 0;
        }

        return delivering <= 1;
    }

    private static bool NothingIsStale(ClaimState state) => state.Target == state.Delivered || !state.IsAtRest;

    /// <remarks>A run may start at the reset's target, or where a run with a number between the reset's and its own went on to.</remarks>
    private static bool StartsAboveReset(ClaimState before, ClaimState after)
    {
        if (after.AcknowledgedReset == 0)
        {
            return false;
        }

        for (var index = 0; index < after.Started; index++)
        {
            var begins = after.Runs[index].Step == Step.ReadSource && !before.Runs[index].IsDelivering;
            if (
                begins
                && after.Runs[index].Number > after.AcknowledgedReset
                && after.Runs[index].Mark > HighestSince(after, after.Runs[index].Number))
            {
                return true;
            }
        }

        return false;
    }

    private static int HighestSince(ClaimState state, int number)
    {
        var highest = 0;
        for (var index = 0; index < state.Started; index++)
        {
            var run = state.Runs[index];
            var isBetween = run.Number > state.AcknowledgedReset && run.Number < number;
            highest = isBetween ? Math.Max(highest, run.Mark) : highest;
        }

        return highest;
    }

    private static bool RecordIsCurrent(ClaimState state, ClaimScope scope)
    {
        if (!state.IsAtRest)
        {
            return true;
        }

        var newest = new RowView(in state, scope).NewestDone();
        if (state.Record.LastRun > newest || newest == 0)
        {
            return true;
        }

        for (var index = 0; index < state.Started; index++)
        {
            var run = state.Runs[index];
            if (run.Row == RowStatus.Done && run.Number == newest && run.RowMark == state.Record.Mark)
            {
                return state.Record.LastRun == newest;
            }
        }

        return false;
    }

    /// <remarks>Asked at rest: were one more cold run to start now, alone, would verify let it begin?</remarks>
    private static bool ColdStartCanOwn(ClaimState state, ClaimScope scope)
    {
        if (!state.IsAtRest)
        {
            return true;
        }

        var rows = new RowView(in state, scope);
        var tail = rows.FollowFrom(ClaimingSteps.FollowFrom(scope, state, state.Record.LastRun));
        var isRefused = scope.Has(Departure.MismatchRefused) && rows.HasMarkAfter(state.Record.LastRun, tail, out _);
        return rows.MayClaimAfter(tail) && rows.MayFollow(tail) && !isRefused;
    }
}
