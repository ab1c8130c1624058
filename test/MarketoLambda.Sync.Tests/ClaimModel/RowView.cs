namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>What one read of the run rows and the floor shows.</summary>
/// <param name="state">What there is.</param>
/// <param name="scope">The world it is read in.</param>
/// <param name="stale">A bit for each run whose row is shown as it was one write ago.</param>
internal readonly ref struct RowView(in ClaimState state, ClaimScope scope, int stale = 0)
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

    /// <summary>
    /// Tells whether a row after <paramref name="lastRun"/>, up to <paramref name="tail"/>, says what the mark is: a done row, or a reset
    /// that never finished.
    /// </summary>
    /// <remarks>
    /// Such a reset counts because a stale read shows a finished one just so. A reader that refuses a mismatch must not refuse for it:
    /// nothing would ever change it.
    /// </remarks>
    public bool HasMarkAfter(int lastRun, int tail, out byte mark)
    {
        var newest = lastRun;
        var hasMark = false;
        var resetCounts = !scope.Has(Departure.UnfinishedResetIgnored) && !scope.Has(Departure.MismatchRefused);
        mark = 0;
        for (var index = 0; index < _state.Started; index++)
        {
            var run = _state.Runs[index];
            var number = run.Number;
            if (number <= lastRun || number > tail)
            {
                continue;
            }

            var isDone = Status(index) == RowStatus.Done;
            var isReset = Status(index) == RowStatus.Claimed && run.IsReset;
            hasMark |= isDone || (isReset && resetCounts);
            if (number > newest && (isDone || isReset))
            {
                newest = number;
                mark = Mark(index);
            }
        }

        return hasMark;
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

    public bool IsPresent(int tail) => tail == 0 || Count(tail) > 0;

    /// <summary>What a cold start asks of the newest row before it claims the next.</summary>
    public bool MayClaimAfter(int tail) =>
        scope.Has(Departure.TailNotTested) || (AreOver(tail) && (scope.Has(Departure.AbsentTailAccepted) || IsPresent(tail)));

    /// <summary>What verify asks of everything but the claimer's own row.</summary>
    public bool MayFollow(int tail)
    {
        var floorAllows = scope.Has(Departure.FloorNotTested) || _state.Floor <= tail;
        var predecessorAllows = scope.Has(Departure.PredecessorNotTested) || (IsPresent(tail) && AreOver(tail));
        var successorAllows = scope.Has(Departure.SuccessorNotTested) || Count(tail + 2) == 0;
        return floorAllows && predecessorAllows && successorAllows;
    }

    public bool IsOnlyRow(int index, int number) =>
        IsRow(index, number) && (scope.Has(Departure.OwnRowNotTested) || Count(number) == 1);

    private RowStatus Status(int index) =>
        IsStale(index) ? _state.Runs[index].RowBefore : _state.Runs[index].Row;

    private byte Mark(int index) =>
        IsStale(index) ? _state.Runs[index].RowMarkBefore : _state.Runs[index].RowMark;

    private bool IsStale(int index) => (stale & (1 << index)) != 0;

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
