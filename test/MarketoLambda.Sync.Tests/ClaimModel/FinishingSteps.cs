namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>Record, row, cache: each only after the one before was acknowledged.</summary>
internal static class FinishingSteps
{
    public static bool MayWriteRecord(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        return (run.LateData == 0 || scope.Has(Departure.FinishDoesNotAwaitData))
            && (run.LateCommit == 0 || scope.Has(Departure.FinishDoesNotAwaitCommits));
    }

    /// <summary>Whichever of the two final writes comes first has to wait.</summary>
    public static bool MayMarkRowDone(ClaimScope scope, ClaimState state, int index) =>
        !scope.Has(Departure.RowDoneBeforeRecord) || MayWriteRecord(scope, state, index);

    public static bool MustWait(ClaimScope scope, ClaimState state, int index) => !MayWriteRecord(scope, state, index);

    public static ClaimState WriteRecord(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        var written = state.WithRecord(scope, new JobRecord(run.Mark, (byte)run.Number));
        return scope.Has(Departure.RowDoneBeforeRecord)
            ? End(written, index)
            : written.With(index, run with { Step = Step.MarkRowDone });
    }

    public static ClaimState LeaveRowClaimed(ClaimScope scope, ClaimState state, int index) => Vanish(state, index);

    public static ClaimState MarkRowDone(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index] with { Row = RowStatus.Done, RowMark = state.Runs[index].Mark };
        return scope.Has(Departure.RowDoneBeforeRecord)
            ? state.WithRow(scope, index, run with { Step = Step.WriteRecord })
            : End(state.WithRow(scope, index, run), index);
    }

    /// <summary>The process is gone, and with it what its sandbox remembered.</summary>
    public static ClaimState Vanish(ClaimState state, int index) =>
        state.With(index, state.Runs[index].Leave()).WithCache(state.Runs[index].Sandbox, default);

    public static ClaimState End(ClaimState state, int index)
    {
        var run = state.Runs[index];
        var ended = Cache(state.With(index, run.Leave()), run);
        return run.IsReset ? ended with { AcknowledgedReset = (byte)Math.Max(state.AcknowledgedReset, run.Number) } : ended;
    }

    public static ClaimState Cache(ClaimState state, ClaimRun run) =>
        state.WithCache(run.Sandbox, new ClaimCache(IsSet: true, (byte)run.Number, run.Mark));
}
