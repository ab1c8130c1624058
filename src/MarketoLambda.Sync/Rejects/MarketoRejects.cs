using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Keeps a job's rejects in Marketo, and tries them again.</summary>
/// <remarks>
/// <para>Custom objects cannot be listed, so rejects are numbered. The next number is stored with the position, in one write: what a dead run
/// stored beyond it does not count, and is written again by the run that repeats its work.</para>
/// <para>A key in the book that is about to be sent again is closed first. So what is open was never followed by a newer version,
/// and may be sent at any time before one is.</para>
/// </remarks>
internal sealed class MarketoRejects : IRunRejects
{
    /// <summary>The newest so many of a job can be tried again; older ones stay in Marketo for people.</summary>
    public const int MostKept = 3000;

    /// <summary>Rejects that may pass by themselves are tried again by the first run after this time.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromMinutes(15);

    /// <summary>How long people can see of a reject that it is over.</summary>
    public static readonly TimeSpan ClosedKeptFor = TimeSpan.FromDays(7);

    private const int NumbersPerCall = 300;

    private readonly SyncJob _job;
    private readonly long _runNumber;
    private readonly RejectLedger _ledger;
    private readonly TimeProvider _time;
    private readonly RejectBook _book;
    private readonly RejectCounters? _before;
    private long? _next;
    private DateTimeOffset? _retryAt;

    private MarketoRejects(SyncJob job, RejectCounters? before, long runNumber, RejectLedger ledger, TimeProvider time)
    {
        _job = job;
        _before = before;
        _next = before?.Next;
        _retryAt = before?.RetryAt;
        _runNumber = runNumber;
        _ledger = ledger;
        _time = time;
        _book = new RejectBook(job.KeyFields.Count);
    }

    public RejectCounters? Counters => _next is null ? _before : new RejectCounters(_next, _book.Lowest ?? _next, _book.OpenCount, RetryAt);

    public long Resolved { get; private set; }

    private DateTimeOffset? RetryAt => !_book.Open.Any(Waits) ? null : _retryAt ??= _time.GetUtcNow() + RetryEvery;

    /// <summary>Begins with what earlier runs have left.</summary>
    public static async Task<MarketoRejects> OpenAsync(SyncJob job, RejectCounters? before, long runNumber, RejectLedger ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        MarketoRejects rejects = new(job, before, runNumber, ledger, time);
        if (before is { Next: { } next } && Math.Max(before.Lowest ?? 1, next - MostKept) is var lowest && lowest < next)
        {
            await rejects.LoadAsync(lowest, next, cancellationToken);
        }

        return rejects;
    }

    public async Task SupersedeAsync(IReadOnlyCollection<string> foldedKeys, CancellationToken cancellationToken)
    {
        if (_book.FindOpen(foldedKeys) is { Count: > 0 } older)
        {
            await CloseAsync(older, RejectStage.Superseded, cancellationToken);
        }
    }

    public async Task StoreAsync(IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken)
    {
        if (_before is null)
        {
            throw new StateException($"{StateFields.ObjectApiName} lacks the fields that find rejected records again ({StateFields.NextReject.Name}, {StateFields.LowestReject.Name}). Run \"marketo-lambda init\" to add them.");
        }

        var next = _next ?? await FindEndAsync(cancellationToken);
        List<RejectRow> rows = [];
        foreach (var reject in rejects)
        {
            var known = _book.FindOpen(reject.Location, reject.Key);
            rows.Add(Row(reject, known) with { Number = known?.Number ?? next++ });
        }

        _next = next; // also if this fails: it may still be executed, and then must not land on others
        await StoreAsync(rows, cancellationToken);
    }

    public async Task<bool> RetryAsync(bool isAsked, RetryMeans means, CancellationToken cancellationToken)
    {
        var due = _book.Open.Where(row => isAsked ? row.CanBeRetried : Waits(row)).Select(row => row.Number).ToList();
        foreach (var numbers in due.Chunk(Math.Min(means.RecordsPerCall, NumbersPerCall)))
        {
            if (means.Deadline.IsNear || means.Deadline.IsStopRequested)
            {
                return false;
            }

            var rows = await ReadAgainAsync(numbers, cancellationToken);
            var (resolved, refused) = await RejectRetry.SendAsync([.. rows.Where(row => row.CanBeRetried)], means, cancellationToken);
            await CloseAsync(resolved, RejectStage.Resolved, cancellationToken);
            Resolved += resolved.Count;
            await StoreAsync([.. refused.Select(row => row with { LastSeenAt = Now })], cancellationToken);
        }

        _retryAt = null;
        return true;
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private bool Waits(RejectRow row) => row.WaitsAt(Now, _job.RetryRejectsFor);

    private RejectRow Row(RejectedRecord reject, RejectRow? known) => new("", _job.ApiName, 0, reject.Location)
    {
        Key = reject.Key,
        Code = reject.Code,
        Reason = reject.Reason,
        Payload = reject.Key is null ? null : reject.Payload?.ToJson(),
        Attempts = (known?.Attempts ?? 0) + 1,
        FirstSeenAt = known?.FirstSeenAt ?? Now,
        LastSeenAt = Now,
    };

    private async Task StoreAsync(IReadOnlyList<RejectRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in await _ledger.StoreAsync(rows, _runNumber, cancellationToken))
        {
            _book.Add(row);
        }
    }

    /// <summary>As they are in Marketo now: people may have deleted or closed some.</summary>
    private async Task<IReadOnlyList<RejectRow>> ReadAgainAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        var rows = await _ledger.ReadAsync(_job.ApiName, numbers, cancellationToken);
        foreach (var number in numbers)
        {
            _book.Remove(number);
        }

        foreach (var row in rows)
        {
            _book.Add(row);
        }

        return rows;
    }

    private async Task CloseAsync(IReadOnlyList<RejectRow> rows, RejectStage stage, CancellationToken cancellationToken)
    {
        await _ledger.CloseAsync(rows, stage, Now, cancellationToken);
        _book.Close(rows, stage);
    }

    private async Task LoadAsync(long from, long until, CancellationToken cancellationToken)
    {
        List<RejectRow> twins = [], old = [];
        for (var first = from; first < until; first += NumbersPerCall)
        {
            foreach (var row in await _ledger.ReadAsync(_job.ApiName, Numbers(first, Math.Min(until, first + NumbersPerCall)), cancellationToken))
            {
                if (row.Stage != RejectStage.Open && row.LastSeenAt < Now - ClosedKeptFor)
                {
                    old.Add(row);
                }
                else if (_book.Add(row) is { } twin)
                {
                    twins.Add(twin);
                }
            }
        }

        await CloseAsync(twins, RejectStage.Superseded, cancellationToken);
        await _ledger.DeleteAsync(old, cancellationToken);
    }

    /// <summary>The first free number, where the state record does not know it: somebody has emptied it, or there is none yet.</summary>
    private async Task<long> FindEndAsync(CancellationToken cancellationToken)
    {
        for (long first = 1; ; first += NumbersPerCall)
        {
            if (await _ledger.ReadAsync(_job.ApiName, Numbers(first, first + NumbersPerCall), cancellationToken) is not { Count: > 0 })
            {
                return first;
            }
        }
    }

    private static IEnumerable<long> Numbers(long from, long until) => Enumerable.Range(0, (int)(until - from)).Select(offset => from + offset);
}
