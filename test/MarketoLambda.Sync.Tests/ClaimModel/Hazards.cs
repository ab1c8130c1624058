namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>What became of a request whose sender learns nothing of it.</summary>
internal enum Fate
{
    Executed,
    Dropped,
    Late,
}

/// <summary>The kinds of request that may be executed late.</summary>
internal enum LateKind
{
    Create,
    Data,
    Commit,
    Done,
    Floor,
}

/// <summary>What goes wrong around the protocol.</summary>
internal static class Hazards
{
    /// <summary>A fate is one of two at once, or, with late requests, one that covers both.</summary>
    public static bool IsPossible(ClaimScope scope, Fate fate) => scope.Has(Weakness.LateRequests) == (fate == Fate.Late);

    public static bool MayLoseReply(ClaimScope scope, ClaimState state, int index, Fate fate) =>
        state.LossesLeft > 0 && IsPossible(scope, fate) && IsRequestSent(scope, state, index) && Abandon(state.Runs[index], out _);

    public static ClaimState LoseReply(ClaimScope scope, ClaimState state, int index, Fate fate)
    {
        var run = state.Runs[index];
        var next = Become(scope, state with { LossesLeft = (byte)(state.LossesLeft - 1) }, index, fate);
        return AfterAmbiguous(scope, next, index, run.Step);
    }

    public static bool MayCrash(ClaimScope scope, ClaimState state, int index, Fate fate)
    {
        if (state.CrashesLeft == 0 || !state.Runs[index].IsAlive)
        {
            return false;
        }

        var hasRequest = IsRequestSent(scope, state, index) && Abandon(state.Runs[index], out _);
        return hasRequest ? IsPossible(scope, fate) : fate == Fate.Dropped;
    }

    public static ClaimState Crash(ClaimScope scope, ClaimState state, int index, Fate fate)
    {
        var crashing = state with { CrashesLeft = (byte)(state.CrashesLeft - 1) };
        var next = fate == Fate.Dropped ? crashing : Become(scope, crashing, index, fate);
        var run = next.Runs[index];
        var isAboutToCommit = state.Runs[index].Step == Step.Commit;
        var mark = isAboutToCommit ? run.Sent : run.IsDelivering || IsFinishing(run) ? run.Mark : (byte)0;
        return FinishingSteps.Vanish(next.With(index, run with { Mark = mark }), index);
    }

    public static bool IsInFlight(ClaimState state, int index, LateKind kind)
    {
        var run = state.Runs[index];
        return kind switch
        {
            LateKind.Create => run.LateCreate != LateRequest.None,
            LateKind.Data => run.LateData != 0,
            LateKind.Commit => run.LateCommit != 0,
            LateKind.Done => run.LateDone != 0,
            _ => run.LateFloor != 0,
        };
    }

    public static ClaimState Die(ClaimState state, int index, LateKind kind) => state.With(index, Without(state.Runs[index], kind));

    public static ClaimState ExecuteLate(ClaimScope scope, ClaimState state, int index, LateKind kind)
    {
        var run = state.Runs[index];
        var left = Die(state, index, kind);
        var remaining = left.Runs[index];
        switch (kind)
        {
            case LateKind.Create:
                var isTaken = run.LateCreate == LateRequest.Create && new RowView(in state, scope).Count(run.Number) > 0;
                return isTaken ? left : state.WithRow(scope, index, run with { LateCreate = LateRequest.None, Row = RowStatus.Claimed });
            case LateKind.Data:
                return DeliverySteps.Execute(left, run.LateData);
            case LateKind.Commit:
                var lastRun = run.LateCommitIsNumbered ? (byte)run.Number : state.Record.LastRun;
                return left.WithRecord(scope, new JobRecord((byte)(run.LateCommit - 1), lastRun));
            case LateKind.Done when run.Row == RowStatus.Absent:
                return left;
            case LateKind.Done:
                return left.WithRow(scope, index, remaining with { Row = RowStatus.Done, RowMark = (byte)(run.LateDone - 1) });
            default:
                return left with { Floor = run.LateFloor };
        }
    }

    public static bool MayEditRecord(ClaimState state) => state.EditsLeft > 0 && state.Record.Mark > 0;

    /// <summary>Somebody sets the mark back by hand. To the invariant that is a reset, as new as the newest row.</summary>
    public static ClaimState EditRecord(ClaimScope scope, ClaimState state)
    {
        var tail = new RowView(in state, scope).FollowFrom(state.Record.LastRun);
        return state.WithRecord(scope, state.Record with { Mark = 0 }) with
        {
            EditsLeft = (byte)(state.EditsLeft - 1),
            AcknowledgedReset = (byte)tail,
        };
    }

    private static bool IsRequestSent(ClaimScope scope, ClaimState state, int index) =>
        state.Runs[index].Step switch
        {
            Step.WriteRecord => FinishingSteps.MayWriteRecord(scope, state, index),
            Step.MarkRowDone => FinishingSteps.MayMarkRowDone(scope, state, index),
            _ => true,
        };

    private static bool IsFinishing(ClaimRun run) =>
        run.Step is Step.WriteRecord or Step.MarkRowDone or Step.RaiseFloor or Step.DeleteRows;

    /// <summary>The request a run waits for moves to the late ones; false if there is none, or one of its kind is late already.</summary>
    private static bool Abandon(ClaimRun run, out ClaimRun abandoned)
    {
        abandoned = run.Step switch
        {
            Step.CreateRow when run.LateCreate == LateRequest.None => run with { LateCreate = LateRequest.Create },
            Step.InsertRow when run.LateCreate == LateRequest.None => run with { LateCreate = LateRequest.Insert },
            Step.SendData when run.LateData == 0 => run with { LateData = run.Sent },
            Step.Commit when run.LateCommit == 0 => run with { LateCommit = (byte)(run.Sent + 1) },
            Step.WriteRecord when run.LateCommit == 0 => run with { LateCommit = (byte)(run.Mark + 1), LateCommitIsNumbered = true },
            Step.MarkRowDone when run.LateDone == 0 => run with { LateDone = (byte)(run.Mark + 1) },
            Step.RaiseFloor when run.LateFloor == 0 => run with { LateFloor = run.PruneTo },
            _ => run,
        };
        return abandoned != run;
    }

    private static ClaimState Become(ClaimScope scope, ClaimState state, int index, Fate fate)
    {
        var run = state.Runs[index];
        if (!Abandon(run, out var abandoned))
        {
            return state;
        }

        var isNumbered = abandoned.LateCommitIsNumbered || (run.Step == Step.Commit && !scope.Has(Departure.CommitsCarryNoRunNumber));
        var late = state.With(index, abandoned with { LateCommitIsNumbered = isNumbered });
        var kind = KindOf(run.Step);
        return fate switch
        {
            Fate.Executed => ExecuteLate(scope, late, index, kind),
            Fate.Dropped => Die(late, index, kind),
            _ => late,
        };
    }

    private static ClaimState AfterAmbiguous(ClaimScope scope, ClaimState state, int index, Step step)
    {
        var run = state.Runs[index];
        return step switch
        {
            Step.CreateRow or Step.InsertRow => state.With(index, run with { Step = Step.Verify }),
            Step.SendData => state.With(index, run with { Step = Step.Unanswered }),
            Step.Commit => DeliverySteps.AfterCommit(scope, state, index),
            Step.RaiseFloor => state.With(index, run with { Step = Step.MarkRowDone }),
            Step.MarkRowDone => LeaveRow(scope, state, index),
            _ => state,
        };
    }

    private static ClaimState LeaveRow(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        var left = FinishingSteps.Vanish(state, index);
        return scope.Has(Departure.CachedWithoutAcknowledgement) ? FinishingSteps.Cache(left, run) : left;
    }

    private static LateKind KindOf(Step step) => step switch
    {
        Step.CreateRow or Step.InsertRow => LateKind.Create,
        Step.SendData => LateKind.Data,
        Step.Commit or Step.WriteRecord => LateKind.Commit,
        Step.MarkRowDone => LateKind.Done,
        _ => LateKind.Floor,
    };

    private static ClaimRun Without(ClaimRun run, LateKind kind) => kind switch
    {
        LateKind.Create when run is { Step: Step.Gone, Row: RowStatus.Absent } => (run with { LateCreate = LateRequest.None }).Leave(),
        LateKind.Create => run with { LateCreate = LateRequest.None },
        LateKind.Data => run with { LateData = 0 },
        LateKind.Commit => run with { LateCommit = 0, LateCommitIsNumbered = false },
        LateKind.Done => run with { LateDone = 0 },
        _ => run with { LateFloor = 0 },
    };
}
