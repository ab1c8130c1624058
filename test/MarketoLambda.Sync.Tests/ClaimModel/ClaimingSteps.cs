namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>From the start of a run to the mark it starts at. Reads come in a fresh and a stale form.</summary>
internal static class ClaimingSteps
{
    public static bool MayStart(ClaimScope scope, ClaimState state, int sandbox)
    {
        if (state.Started == scope.Runs || sandbox >= scope.Sandboxes)
        {
            return false;
        }

        for (var index = 0; index < state.Started; index++)
        {
            if (state.Runs[index].IsAlive && state.Runs[index].Sandbox == sandbox)
            {
                return false;
            }
        }

        // Sandboxes differ only by what they did: the first run of all is the first sandbox's.
        return sandbox == 0 || state.Started > 0;
    }

    public static ClaimState Start(ClaimScope scope, ClaimState state, int sandbox, bool isReset)
    {
        var cache = scope.Has(Departure.WarmPathLeftOut) ? default : state.CacheOf(sandbox);
        var run = new ClaimRun
        {
            Step = cache.IsSet ? Step.CreateRow : Step.ReadRecord,
            Sandbox = (byte)sandbox,
            IsReset = isReset,
            IsWarm = cache.IsSet,
            Tail = cache.Number,
            Mark = cache.Mark,
        };
        var resetsLeft = (byte)(state.ResetsLeft - (isReset ? 1 : 0));
        return state.With(state.Started, run) with { Started = (byte)(state.Started + 1), ResetsLeft = resetsLeft };
    }

    public static ClaimState ReadRecord(ClaimScope scope, ClaimState state, int index) => ReadRecord(state, index, state.Record);

    public static ClaimState ReadRecord(ClaimState state, int index, JobRecord record) =>
        state.With(index, state.Runs[index] with { Step = Step.ReadRows, Mark = record.Mark, LastRun = record.LastRun });

    public static ClaimState ReadRows(ClaimScope scope, ClaimState state, int index) => ReadRows(scope, state, index, stale: 0);

    public static ClaimState ReadRows(ClaimScope scope, ClaimState state, int index, int stale)
    {
        var run = state.Runs[index];
        var rows = new RowView(in state, scope, stale);
        var tail = rows.FollowFrom(FollowFrom(scope, state, run.LastRun));
        return rows.MayClaimAfter(tail)
            ? state.With(index, run with { Step = Step.CreateRow, Tail = (byte)tail })
            : Busy(state, index);
    }

    public static int FollowFrom(ClaimScope scope, ClaimState state, int lastRun) =>
        scope.Has(Departure.RowsFollowedFromRecordOnly) ? lastRun : Math.Max(lastRun, state.Floor);

    public static ClaimState CreateRow(ClaimScope scope, ClaimState state, int index)
    {
        if (new RowView(in state, scope).Count(state.Runs[index].Number) > 0)
        {
            return Busy(state, index);
        }

        return scope.Has(Weakness.CreateIsNotAtomic)
            ? state.With(index, state.Runs[index] with { Step = Step.InsertRow })
            : InsertRow(scope, state, index);
    }

    public static ClaimState InsertRow(ClaimScope scope, ClaimState state, int index) =>
        state.WithRow(scope, index, state.Runs[index] with { Step = Step.Verify, Row = RowStatus.Claimed });

    public static ClaimState Verify(ClaimScope scope, ClaimState state, int index) => Verify(scope, state, index, stale: 0);

    public static ClaimState Verify(ClaimScope scope, ClaimState state, int index, int stale)
    {
        var run = state.Runs[index];
        var rows = new RowView(in state, scope, stale);
        if (!rows.IsOnlyRow(index, run.Number) || !rows.MayFollow(run.Tail))
        {
            return Lose(scope, state, index);
        }

        var firstReadWillDo = run.IsWarm || scope.Has(Departure.FirstRecordReadTrusted) || run.LastRun == run.Tail;
        return state.With(index, firstReadWillDo ? Begin(run, run.Mark) : run with { Step = Step.RereadRecord });
    }

    public static ClaimState VoidRow(ClaimScope scope, ClaimState state, int index) =>
        Busy(state.WithRow(scope, index, state.Runs[index] with { Row = RowStatus.Void }), index);

    public static ClaimState RereadRecord(ClaimScope scope, ClaimState state, int index) =>
        RereadRecord(scope, state, index, state.Record, stale: 0);

    public static ClaimState RereadRecord(ClaimScope scope, ClaimState state, int index, JobRecord record, int stale)
    {
        var run = state.Runs[index];
        var seen = scope.Has(Departure.RecordNotRereadAfterClaim) ? new JobRecord(run.Mark, run.LastRun) : record;
        var isBehind = new RowView(in state, scope, stale).HasMarkAfter(seen.LastRun, run.Tail, out var newest);
        if (isBehind && scope.Has(Departure.MismatchRefused))
        {
            return Lose(scope, state, index);
        }

        var mark = isBehind && !scope.Has(Departure.NewerDoneRowIgnored) ? newest : seen.Mark;
        return state.With(index, Begin(run, mark));
    }

    private static ClaimRun Begin(ClaimRun run, byte mark) => run.IsReset
        ? run with { Step = Step.WriteRecord, Mark = 0, LastRun = 0, IsWarm = false }
        : run with { Step = Step.ReadSource, Mark = mark, LastRun = 0, IsWarm = false };

    private static ClaimState Lose(ClaimScope scope, ClaimState state, int index)
    {
        var run = state.Runs[index];
        return run.Row == RowStatus.Claimed && !scope.Has(Departure.LosersDoNotVoid)
            ? state.With(index, run with { Step = Step.VoidRow }).WithCache(run.Sandbox, default)
            : Busy(state, index);
    }

    private static ClaimState Busy(ClaimState state, int index)
    {
        var run = state.Runs[index];
        return state.With(index, (run with { Mark = 0 }).Leave()).WithCache(run.Sandbox, default);
    }
}
