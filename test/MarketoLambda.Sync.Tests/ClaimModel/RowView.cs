namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>What one read of the run rows and the floor shows.</summary>
internal readonly ref struct RowView(in ClaimState state, ClaimScope scope, bool stale)
{
    private readonly ref readonly ClaimState _state = ref state;

    /// <summary>The newest number reached by following rows, one after the other, from <paramref name="start"/>.</summary>
    public int FollowFrom(int start)
    {
        var tail = start;
        while (Count(tail + 1) > 0)
        {
            tail++;
        }

        return tail;
    }

    public int Count(int number)
    {
        var count = 0;
        for (var index = 0; index < _state.Started; index++)
        {
            count += IsRow(index, number) ? 1 : 0;
        }

        return count;
    }

    public bool IsRow(int index, int number) => _state.Runs[index].Number == number && Status(index) != RowStatus.Absent;

    /// <summary>All rows of this number are done, void or expired.</summary>
    public bool AreOver(int number)
    {
        for (var index = 0; index < _state.Started; index++)
        {
            if (IsRow(index, number) && !IsOver(index))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The newest row after <paramref name="lastRun"/>, up to <paramref name="tail"/>, that says what the mark is: a done row, or a reset that never finished.</summary>
    public bool TryNewestMark(int lastRun, int tail, out byte mark)
    {
        var newest = lastRun;
        mark = 0;
        for (var index = 0; index < _state.Started; index++)
        {
            var run = _state.Runs[index];
            var number = run.Number;
            var saysMark = Status(index) == RowStatus.Done || (Status(index) == RowStatus.Claimed && run.IsReset);
            if (number > newest && number <= tail && saysMark)
            {
                newest = number;
                mark = Mark(index);
            }
        }

        return newest > lastRun;
    }

    public int NewestDone()
    {
        var newest = 0;
        for (var index = 0; index < _state.Started; index++)
        {
            newest = Status(index) == RowStatus.Done ? Math.Max(newest, _state.Runs[index].Number) : newest;
        }

        return newest;
    }

    /// <summary>What verify asks of everything but the claimer's own row.</summary>
    public bool MayFollow(int tail)
    {
        var atFloor = scope.Has(Departure.PredecessorMayBeAbsentAtFloor) && tail <= _state.Floor;
        var floorAllows = scope.Has(Departure.FloorNotTested) || _state.Floor <= tail;
        var predecessorAllows = scope.Has(Departure.PredecessorNotTested) || ((tail == 0 || atFloor || Count(tail) > 0) && AreOver(tail));
        var successorAllows = scope.Has(Departure.SuccessorNotTested) || Count(tail + 2) == 0;
        return floorAllows && predecessorAllows && successorAllows;
    }

    public bool IsOnlyRow(int index, int number) =>
        IsRow(index, number) && (scope.Has(Departure.OwnRowNotTested) || Count(number) == 1);

    private RowStatus Status(int index) =>
        stale && _state.RowWritten == index + 1 ? _state.RowStatusBefore : _state.Runs[index].Row;

    private byte Mark(int index) =>
        stale && _state.RowWritten == index + 1 ? _state.RowMarkBefore : _state.Runs[index].RowMark;

    /// <remarks>A lease is abstracted: it has ended when its holder is gone and nothing the holder sent is in flight.</remarks>
    private bool IsOver(int index)
    {
        if (Status(index) is RowStatus.Done or RowStatus.Void || scope.Has(Weakness.HostsOutliveTheLease))
        {
            return true;
        }

        var run = _state.Runs[index];
        if (run.IsAlive)
        {
            return false;
        }

        return scope.Has(Weakness.RequestsOutliveTheLease)
            || !(scope.Has(Weakness.CommitsOutliveTheLease) ? run with { LateCommit = 0 } : run).HasLateRequests;
    }
}
