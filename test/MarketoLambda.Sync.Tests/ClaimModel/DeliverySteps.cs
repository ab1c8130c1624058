namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>Data, acknowledged; then the commit.</summary>
internal static class DeliverySteps
{
    public static ClaimState ReadSource(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        var hasMore = state.Source > run.Mark && run.Batches < scope.Batches;
        if (!hasMore)
        {
            return state.With(index, run with { Step = FirstOfFinish(scope), Sent = 0 });
        }

        var first = scope.Has(Departure.CommitBeforeAcknowledgement) ? Step.Commit : Step.SendData;
        return state.With(index, run with { Step = first, Sent = state.Source, Batches = (byte)(run.Batches + 1) });
    }

    public static ClaimState SendData(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        var next = scope.Has(Departure.CommitBeforeAcknowledgement) ? Step.ReadSource : Step.Commit;
        return Execute(state, run.Sent).With(index, run with { Step = next });
    }

    public static ClaimState Execute(ClaimState state, byte version) =>
        state with { Target = version, Delivered = Math.Max(state.Delivered, version) };

    public static bool MayResend(ClaimScope scope, ClaimState state, int index) =>
        state.Runs[index].LateData == 0 || scope.Has(Departure.DataResentEarly);

    public static ClaimState Resend(ClaimScope scope, ClaimState state, int index) =>
        state.With(index, state.Runs[index] with { Step = Step.SendData });

    public static ClaimState YieldEarly(ClaimScope scope, ClaimState state, int index) =>
        state.With(index, state.Runs[index] with { Step = FirstOfFinish(scope), Sent = 0 });

    public static ClaimState Commit(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        var lastRun = scope.Has(Departure.CommitsCarryNoRunNumber) ? state.Record.LastRun : (byte)run.Number;
        return AfterCommit(scope, state.WithRecord(scope, new JobRecord(run.Sent, lastRun)), index);
    }

    /// <summary>A run goes on alike whether its commit was acknowledged or is ambiguous: the next one repeats it.</summary>
    public static ClaimState AfterCommit(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        var next = scope.Has(Departure.CommitBeforeAcknowledgement) ? Step.SendData : Step.ReadSource;
        return state.With(index, run with { Step = next, Mark = run.Sent });
    }

    private static Step FirstOfFinish(ClaimScope scope) =>
        scope.Has(Departure.RowDoneBeforeRecord) ? Step.MarkRowDone : Step.WriteRecord;
}
