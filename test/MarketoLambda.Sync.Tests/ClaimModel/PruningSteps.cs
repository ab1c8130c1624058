namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>Old rows go away inside a claim: the floor first, then the rows below it.</summary>
internal static class PruningSteps
{
    public static bool MayBegin(ClaimScope scope, ClaimState state, int index) =>
        state.PrunesLeft > 0 && !scope.Has(Departure.RowDoneBeforeRecord) && FloorFor(scope, state, index) > state.Floor;

    public static ClaimState Begin(ClaimScope scope, ClaimState state, int index)
    {
        var first = scope.Has(Departure.DeletedBeforeFloor) ? Step.DeleteRows : Step.RaiseFloor;
        var run = state.Runs[index] with { Step = first, PruneTo = (byte)FloorFor(scope, state, index) };
        return state.With(index, run) with { PrunesLeft = (byte)(state.PrunesLeft - 1) };
    }

    public static ClaimState RaiseFloor(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        var next = scope.Has(Departure.DeletedBeforeFloor) ? Step.MarkRowDone : Step.DeleteRows;
        return state.With(index, run with { Step = next }) with { Floor = run.PruneTo };
    }

    public static ClaimState DeleteOldest(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        var oldest = OldestBelow(state, run.PruneTo);
        if (oldest < 0)
        {
            var next = scope.Has(Departure.DeletedBeforeFloor) ? Step.RaiseFloor : Step.MarkRowDone;
            return state.With(index, run with { Step = next });
        }

        return state.WithRow(scope, oldest, state.Runs[oldest] with { Row = RowStatus.Absent });
    }

    private static int FloorFor(ClaimScope scope, ClaimState state, int index) => scope.Has(Departure.NewestDoneRowPruned)
        ? state.Runs[index].Number
        : Math.Min(new RowView(in state, scope).NewestDone(), state.Record.LastRun);

    private static int OldestBelow(ClaimState state, int floor)
    {
        var oldest = -1;
        for (var index = 0; index < state.Started; index++)
        {
            var run = state.Runs[index];
            if (run.Row != RowStatus.Absent && run.Number < floor && (oldest < 0 || run.Number < state.Runs[oldest].Number))
            {
                oldest = index;
            }
        }

        return oldest;
    }
}
