using MarketoLambda.Marketo.Calls;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Leases;

/// <summary>Lets one run of a job at a time work, whatever host it is on.</summary>
/// <remarks>
/// Marketo has no conditional write, and does not promise that creating is atomic. So a run <em>writes</em> its row and then <em>reads</em>
/// it together with its neighbours: of two that ask at once, at least one sees the other. Everything that moves a mark takes a number
/// first; so whoever owns the next number knows that what he knew of the mark is still true. Explored in <c>ClaimModel</c> of the tests.
/// </remarks>
public sealed class RunLeases(RunStore store, StateStore states, ILeaseWitness witness, TimeProvider time)
{
    /// <summary>
    /// A lease outlives its run's deadline by this: Marketo may be at work on a request for 120 s, and 30 s for clocks that differ.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(150);

    /// <summary>What a row of unknown lease gets.</summary>
    internal static readonly TimeSpan MaxLease = RunDeadline.MaxLength + Grace;

    /// <summary>Rows asked for at once on the way to the newest.</summary>
    private const int Stride = 20;

    /// <summary>What must hold before each write of a run that asks for a lease, and has one.</summary>
    internal LeaseGuard Guard(string job, RunDeadline deadline) => new(job, deadline, witness, time);

    /// <summary>Takes the next number of the job.</summary>
    /// <param name="known">The state it has to go on from.</param>
    /// <param name="isWarm">It comes from an own clean finish and was not read now.</param>
    /// <param name="kind">What for.</param>
    /// <param name="target">Where a reset leads.</param>
    /// <param name="deadline">The run must be over by then.</param>
    /// <param name="cancellationToken">Gives up; what was sent may still take effect, and then holds until its lease ends.</param>
    /// <exception cref="StateException">The records that leases are made of are missing or cannot be used.</exception>
    public async Task<LeaseResult> AcquireAsync(
        StateRecord known,
        bool isWarm,
        RunKind kind,
        Checkpoint? target,
        RunDeadline deadline,
        CancellationToken cancellationToken)
    {
        var history = isWarm ? [] : await FollowAsync(known.ApiName, known.LastRunNumber, cancellationToken);
        var newest = history.Count == 0 ? known.LastRunNumber : history[^1].Number;
        if (BusyUntil(history, newest, time.GetUtcNow()) is { } busyUntil)
        {
            return new LeaseResult.Busy(busyUntil);
        }

        RunRow row = new("", known.ApiName, newest + 1)
        {
            Kind = kind,
            Stage = RunStage.Claimed,
            Token = Guid.NewGuid().ToString("N"),
            Lease = TimeSpan.FromSeconds(Math.Ceiling((deadline.Remaining + Grace).TotalSeconds)),
            StartedAt = time.GetUtcNow(),
            End = target ?? Checkpoint.Start,
        };
        witness.Taking(row);
        await store.TryCreateAsync(row, cancellationToken);
        var view = await store.ReadAsync(known.ApiName, [newest, newest + 1, newest + 2], cancellationToken);
        var mine = view.RowsOf(newest + 1).FirstOrDefault(contender => contender.Token == row.Token);
        if (mine is null || !IsOwned(view, mine))
        {
            return await LoseAsync(view, mine, cancellationToken);
        }

        var before = isWarm ? known : await BaseAsync(known, [.. history, .. view.Rows], newest, cancellationToken);
        return new LeaseResult.Acquired(new Lease(mine, before, view.Floor));
    }

    private async Task<LeaseResult> LoseAsync(RunView view, RunRow? mine, CancellationToken cancellationToken)
    {
        if (mine is not null)
        {
            await GiveUpAsync(mine, cancellationToken);
        }

        var now = time.GetUtcNow();
        return new LeaseResult.Busy(
            view.Rows.Where(other => other != mine && !other.IsOver(now)).Select(other => other.LeaseEnd).DefaultIfEmpty(now).Max());
    }

    /// <inheritdoc cref="RunStore.HistoryOf"/>
    internal ISourceHistory HistoryOf(string job, Func<bool> isOwned) => store.HistoryOf(job, isOwned);

    /// <summary>Nobody is at work, and the record read before tells of the newest run.</summary>
    public async Task<bool> IsAtRestAsync(StateRecord known, CancellationToken cancellationToken)
    {
        var view = await store.ReadAsync(known.ApiName, [known.LastRunNumber, known.LastRunNumber + 1], cancellationToken);
        return view.RowsOf(known.LastRunNumber + 1).Count == 0 && view.RowsOf(known.LastRunNumber).All(row => row.Stage == RunStage.Done);
    }

    /// <summary>Closes the run's row, once the state record is stored and nothing the run had sent can be under way any more.</summary>
    public async Task FinishAsync(Lease lease, StateRecord saved, CancellationToken cancellationToken)
    {
        await store.UpdateAsync(
            lease.Row with
            {
                Stage = RunStage.Done,
                End = saved.Checkpoint,
                EndNextReject = saved.Rejects?.Next,
                EndedAt = saved.LastRun?.EndedAt,
                Outcome = saved.LastRun?.Outcome ?? "",
                Records = saved.LastRun?.Records ?? 0,
                Rejects = saved.LastRun?.Rejects ?? 0,
                Error = saved.LastRun?.Error,
            },
            cancellationToken);
        witness.Ended(lease.Row);
    }

    /// <summary>
    /// Ends the lease of a run that is known to be dead, after the time Marketo may still be at work on what it had sent. Where this
    /// computer knows since when the run's process can have sent nothing, that time counts.
    /// </summary>
    /// <param name="known">The job's state.</param>
    /// <param name="beforeWaiting">Hears of whom, and how long it waits.</param>
    /// <param name="cancellationToken">Gives up; the lease stays as it is.</param>
    public async Task<TakeOverResult> TakeOverAsync(
        StateRecord known,
        Action<TakeOver> beforeWaiting,
        CancellationToken cancellationToken)
    {
        var living = (await FollowAsync(known.ApiName, known.LastRunNumber, cancellationToken)).LastOrDefault(row =>
            !row.IsOver(time.GetUtcNow()));
        if (living is null)
        {
            return new TakeOverResult.NobodyAtWork();
        }

        var holder = witness.Find(living);
        if (holder is LeaseHolder.Alive(var processId))
        {
            return new TakeOverResult.Alive(living, processId);
        }

        TakeOver taking = new(living, holder as LeaseHolder.Dead);
        beforeWaiting(taking);
        await time.PauseAsync(taking.Wait, cancellationToken);
        var now = await store.ReadAsync(known.ApiName, [living.Number], cancellationToken);
        if (now.Rows.FirstOrDefault(row => row.Token == living.Token) is { } still && !still.IsOver(time.GetUtcNow()))
        {
            var cause = taking.Dead is null ? "somebody said it was dead" : "its process was dead";
            await store.UpdateAsync(still with { Lease = TimeSpan.Zero, Outcome = $"Taken over: {cause}" }, cancellationToken);
        }

        return new TakeOverResult.Done(living);
    }

    /// <summary>The rows from the one the state record names to the newest.</summary>
    private async Task<IReadOnlyList<RunRow>> FollowAsync(string job, long from, CancellationToken cancellationToken)
    {
        List<RunRow> rows = [];
        for (var first = Math.Max(1, from); ; first += Stride)
        {
            var view = await store.ReadAsync(job, Enumerable.Range(0, Stride).Select(offset => first + offset), cancellationToken);
            if (rows.Count == 0 && view.Floor.Number > first)
            {
                return await FollowAsync(job, view.Floor.Number, cancellationToken); // somebody emptied the record's run number
            }

            for (var number = first; number < first + Stride; number++)
            {
                var found = view.RowsOf(number);
                if (found.Count == 0)
                {
                    return number != from
                        ? rows
                        : throw new StateException(
                            $"Marketo has no record of run {from} of {job} in {RunFields.ObjectApiName}, although it must be there. Run "
                                + "\"marketo-lambda init\" to add it."
                        );
                }

                rows.AddRange(found);
            }
        }
    }

    private static DateTimeOffset? BusyUntil(IReadOnlyList<RunRow> history, long newest, DateTimeOffset now)
    {
        var living = history.Where(row => row.Number == newest && !row.IsOver(now)).ToList();
        return living.Count == 0 ? null : living.Max(row => row.LeaseEnd);
    }

    /// <summary>Leases are compared by Marketo's own stamps.</summary>
    private static bool IsOwned(RunView view, RunRow mine) =>
        view.RowsOf(mine.Number) is [_]
        && view.RowsOf(mine.Number + 1).Count == 0
        && view.Floor.Number < mine.Number
        && (mine.Number == 1 || (view.RowsOf(mine.Number - 1) is { Count: > 0 } before && before.All(row => row.IsOver(mine.CreatedAt))));

    /// <summary>
    /// The state to go on from. What was read before the lease serves if it tells of the newest run, and how that ended: a run may have
    /// been at work then that is over by now. Else it is read again, and if it still does not, the newest run's own row tells.
    /// </summary>
    private async Task<StateRecord> BaseAsync(
        StateRecord known,
        IReadOnlyList<RunRow> rows,
        long newest,
        CancellationToken cancellationToken)
    {
        if (known.LastRunNumber == newest && (newest == 0 || known.LastRun?.EndedAt is not null))
        {
            return known;
        }

        var again = await states.ReadAsync(known.ApiName, cancellationToken);
        var untold = rows.Where(row => row.Number > again.LastRunNumber && row.Number <= newest && row.TellsPosition)
            .MaxBy(row => row.Number);
        if (untold is null || (again.LastRunNumber == 0 && untold.Stage == RunStage.Done))
        {
            return again; // without a run number the record was written by hand, or its object has no such field: then only it can tell
        }

        return again with { Checkpoint = untold.End, Rejects = Newest(again.Rejects, untold.EndNextReject) };
    }

    /// <summary>No number is given twice, and what may wait for a retry is looked at.</summary>
    private static RejectCounters? Newest(RejectCounters? read, long? next) =>
        read is null || next is null || read.Next >= next
            ? read
            : read with
            {
                Next = next,
                Lowest = read.Lowest ?? 1,
                RetryAt = DateTimeOffset.UnixEpoch,
            };

    /// <summary>So that nobody has to wait for the lease. Should it fail, everybody waits.</summary>
    private async Task GiveUpAsync(RunRow mine, CancellationToken cancellationToken)
    {
        try
        {
            await store.UpdateAsync(mine with { Stage = RunStage.Void, Outcome = "Gave way to another run" }, cancellationToken);
            witness.Ended(mine);
        }
        catch (Marketo.Errors.MarketoException)
        {
            // The lease ends by itself.
        }
    }
}

/// <summary>What became of the wish for a lease.</summary>
public abstract record LeaseResult
{
    private LeaseResult()
    {
    }

    /// <summary>The run owns its number.</summary>
    public sealed record Acquired(Lease Lease) : LeaseResult;

    /// <summary>Another run is at work.</summary>
    /// <param name="Until">When it must be over.</param>
    public sealed record Busy(DateTimeOffset Until) : LeaseResult;
}

/// <summary>A run that nobody else can be doing.</summary>
/// <param name="Row">Its record in Marketo.</param>
/// <param name="Before">The state it goes on from.</param>
/// <param name="Floor">Rows below its number may be gone.</param>
public sealed record Lease(RunRow Row, StateRecord Before, (string MarketoGuid, long Number) Floor);
