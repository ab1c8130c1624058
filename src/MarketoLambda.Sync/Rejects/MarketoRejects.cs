using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Keeps a job's rejects in Marketo, and tries them again.</summary>
/// <remarks>
/// <para>Custom objects cannot be listed, so rejects are numbered. The next number is stored with the position, in one write: what a dead
/// run stored beyond it does not count, and is written again by the run that repeats its work.</para>
/// <para>What a record on its way replaces is held back before that is sent, and over only when Marketo has taken it. A run that dies in
/// between leaves it open, and to a person: it is neither lost nor sent on top of what may have arrived.</para>
/// </remarks>
internal sealed partial class MarketoRejects : IRunRejects
{
    /// <summary>Rejects that may pass by themselves are tried again by the first run after this time.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromMinutes(15);

    /// <summary>How long people can see of a reject that it is over.</summary>
    public static readonly TimeSpan ClosedKeptFor = TimeSpan.FromDays(7);

    /// <summary>
    /// Most rejects that a run tries again on its own, those first that were tried least: new records must not wait for long.
    /// </summary>
    private const int MaxRetriedUnasked = 3000;

    private readonly SyncJob _job;
    private readonly long _runNumber;
    private readonly RejectLimits _limits;
    private readonly IRejectTable _table;
    private readonly RejectPages _pages;
    private readonly TimeProvider _time;
    private readonly RejectBook _book;
    private readonly RejectCounters? _before;
    private readonly HashSet<long> _keylessOfRun = [];
    private long? _next;
    private long? _lowest;
    private DateTimeOffset? _retryAt;

    private MarketoRejects(SyncJob job, RejectCounters? before, long runNumber, IRejectTable table, RejectLimits limits, TimeProvider time)
    {
        _limits = limits;
        _job = job;
        _before = before;
        _next = before?.Next;
        _retryAt = before?.RetryAt;
        _runNumber = runNumber;
        _table = table;
        _pages = new RejectPages(table, job.Name);
        _time = time;
        _book = new RejectBook(job.KeyFields.Count, job.Source.IsLater);
    }

    public RejectCounters? Counters => _next is null ? _before : Count(_next.Value);

    public long Resolved { get; private set; }

    public long Dismissed { get; private set; }

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Begins with what earlier runs have left.</summary>
    public static async Task<MarketoRejects> OpenAsync(
        SyncJob job,
        RejectCounters? before,
        long runNumber,
        IRejectTable table,
        RejectLimits limits,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        MarketoRejects rejects = new(job, before, runNumber, table, limits, time);
        if (before is { Next: { } next } && (before.Lowest ?? 1) is var lowest && lowest < next)
        {
            await rejects.LoadAsync(lowest, next, before.OpenOrWaiting, cancellationToken);
        }

        return rejects;
    }

    /// <summary>The open rejects as they are now, for one who only looks.</summary>
    public static async Task<RejectBook> ReadBookAsync(
        SyncJob job,
        RejectCounters counters,
        IRejectTable table,
        CancellationToken cancellationToken)
    {
        RejectBook book = new(job.KeyFields.Count, job.Source.IsLater);
        await foreach (
            var row in new RejectPages(table, job.Name).ReadAsync(counters.Lowest ?? 1, counters.Next ?? 1, cancellationToken))
        {
            book.Add(row);
        }

        return book;
    }

    public bool MayCorrect(SourceRecord row) => _book.MayCorrect(row);

    public async Task<HeldRejects> HoldAsync(IReadOnlyList<MappedRecord> records, CancellationToken cancellationToken) => _book.Count == 0
        ? HeldRejects.None
        : await HoldAsync(HeldBy(records), cancellationToken);

    public async Task<int> AcknowledgeAsync(
        HeldRejects held,
        DeliveryAnswer answer,
        IReadOnlyList<RejectedRecord> unsent,
        CancellationToken cancellationToken)
    {
        await CloseReplacedAsync(held, answer.Refused, cancellationToken);
        await CloseReplacedAsync(HeldBy(answer.Fallbacks), refused: [], cancellationToken);
        var stored = answer.Refused.Count + unsent.Count == 0
            ? []
            : await StoreAsync([.. answer.Refused, .. unsent], cancellationToken);
        await ReleaseAsync(held, answer.Refused, cancellationToken);
        return stored.Count(row => row.Stage == RejectStage.Waiting);
    }

    public bool ConcernsEnd(SourceEnd end) => _book.All.Any(reject => IsGone(reject, end));

    public Task EndAsync(SourceEnd end, CancellationToken cancellationToken) =>
        CloseAsync(
            [.. _book.All.Where(reject => IsGone(reject, end)).Select(reject => reject.Number)],
            RejectStage.Resolved,
            cancellationToken);

    public async Task<bool> RetryAsync(RejectWork? asked, RetryMeans means, CancellationToken cancellationToken)
    {
        foreach (var numbers in (asked is null ? Due() : Asked(asked)).Chunk(Math.Min(means.RecordsPerCall, RejectPages.NumbersPerCall)))
        {
            if (means.Deadline.IsNear || means.Deadline.IsStopRequested)
            {
                return false;
            }

            if (asked is { IsDismissal: true })
            {
                await CloseAsync(numbers, RejectStage.Dismissed, cancellationToken);
                Dismissed += numbers.Length;
            }
            else
            {
                await new RejectRetry(this, _book, means, takesHeld: asked?.TakesHeld is true).SendAsync(
                    await ReadAgainAsync(numbers, cancellationToken),
                    cancellationToken);
            }

            asked?.DoneUntil = numbers[^1];
        }

        _retryAt = asked is null ? null : _retryAt;
        return true;
    }

    /// <summary>Holds back what records of a retry replace: versions that come before theirs.</summary>
    internal Task<HeldRejects> HoldBeforeAsync(
        IEnumerable<(OpenReject Reject, MappedRecord Record)> sending,
        CancellationToken cancellationToken
    ) =>
        HoldAsync(
            new HeldRejects([
                .. sending.SelectMany(one => _book.FindBefore(one.Reject).Select(older => new HeldReject(older, one.Record))),
            ]),
            cancellationToken);

    /// <summary>Acknowledges a call of a retry.</summary>
    internal async Task AcknowledgeRetryAsync(
        HeldRejects held,
        IReadOnlyList<RejectRow> resolved,
        IReadOnlyList<RejectRow> refused,
        IReadOnlyList<RejectedRecord> answers,
        CancellationToken cancellationToken)
    {
        await CloseReplacedAsync(held, answers, cancellationToken);
        await CloseAsync(resolved.Select(row => row.Number), RejectStage.Resolved, cancellationToken);
        Resolved += resolved.Count;
        var stored = await StoreAsync(
            [
                .. refused
                    .Where(row => _book.Find(row.Number) is not null)
                    .Select(row => AsOfNow(row with { Stage = StageOf(row), LastSeenAt = Now })),
            ],
            cancellationToken);
        var waited = refused.Where(row => row.Stage == RejectStage.Waiting).Select(row => row.Number).ToHashSet();
        GiveUp(stored.Where(row => row.Stage == RejectStage.Open && waited.Contains(row.Number)));
        await ReleaseAsync(held, answers, cancellationToken);
    }

    private IEnumerable<long> Due() =>
        [
            .. _book
                .All.Where(Waits)
                .OrderBy(reject => reject.Attempts)
                .ThenBy(reject => reject.Number)
                .Take(MaxRetriedUnasked)
                .Select(reject => reject.Number)
                .Order(),
        ];

    private IEnumerable<long> Asked(RejectWork asked) => [.. _book.All.Where(asked.Concerns).Select(reject => reject.Number).Order()];

    private bool IsGone(OpenReject reject, SourceEnd end) =>
        reject.Key is null
        && reject.Place.Location.Container == end.Location.Container
        && reject.Place.Location.Row >= end.FirstRow
        && !_keylessOfRun.Contains(reject.Number);

    private RejectStage StageOf(RejectRow row) =>
        row.Stage == RejectStage.Held || _book.Find(row.Number) is { IsHeld: true } ? RejectStage.Held : RejectStage.Open;

    private IEnumerable<OpenReject> Replaced(MappedRecord record) =>
        _book.FindReplaced(record.Key, record.Place).Where(reject => !IsBehind(reject, record)).Concat(_book.FindKeyless(record.Location))
            .Concat(record.Corrects is { } mark && _book.FindMarked(mark) is { } own ? [own] : []).DistinctBy(reject => reject.Number);

    // Rows of one container are read in their order, corrected ones in any.
    private static bool IsBehind(OpenReject reject, MappedRecord corrected) =>
        corrected.Corrects is not null
        && reject.Place.Location.Container == corrected.Location.Container
        && reject.Place.Location.Row > corrected.Location.Row;

    private HeldRejects HeldBy(IReadOnlyList<MappedRecord> records) =>
        new([.. records.SelectMany(record => Replaced(record).Select(reject => new HeldReject(reject, record)))]);

    // A corrected version may be sent again after a death: it is no newer one.
    private async Task<HeldRejects> HoldAsync(HeldRejects older, CancellationToken cancellationToken)
    {
        await HoldAsync(
            [.. older.All.Where(held => !held.Reject.IsHeld && !held.IsCorrected).Select(held => held.Reject.Number)],
            isHeld: true,
            cancellationToken);
        return older;
    }

    private async Task HoldAsync(IReadOnlyList<long> numbers, bool isHeld, CancellationToken cancellationToken)
    {
        if (numbers.Count == 0)
        {
            return;
        }

        foreach (var stage in numbers.GroupBy(number => isHeld ? RejectStage.Held : StageWithoutHold(number)))
        {
            await _table.MarkAsync(_job.Name, stage, stage.Key, Now, cancellationToken);
            _book.Mark(stage, stage.Key);
        }
    }

    /// <summary>What only may be the same record stays held: it is not known whether Marketo takes the two for one.</summary>
    private async Task CloseReplacedAsync(HeldRejects held, IReadOnlyList<RejectedRecord> refused, CancellationToken cancellationToken)
    {
        var accepted = held.Accepted(refused).ToList();
        await CloseAsync(
            accepted.Where(replaced => replaced.IsSameKey && !replaced.IsCorrected).Select(replaced => replaced.Reject.Number),
            RejectStage.Superseded,
            cancellationToken);
        await CloseAsync(
            accepted.Where(replaced => replaced.IsSamePlace || replaced.IsCorrected).Select(replaced => replaced.Reject.Number),
            RejectStage.Resolved,
            cancellationToken);
    }

    /// <summary>What was held for records that were refused is as open as before.</summary>
    private Task ReleaseAsync(HeldRejects held, IReadOnlyList<RejectedRecord> refused, CancellationToken cancellationToken) =>
        HoldAsync(
            [
                .. held.Refused(refused)
                    .Where(kept => !kept.Reject.IsHeld && _book.Find(kept.Reject.Number) is { IsHeld: true })
                    .Select(kept => kept.Reject.Number),
            ],
            isHeld: false,
            cancellationToken);

    private async Task CloseAsync(IEnumerable<long> rejects, RejectStage stage, CancellationToken cancellationToken)
    {
        List<long> numbers = [.. rejects];
        await _table.MarkAsync(_job.Name, numbers, stage, Now, cancellationToken);
        numbers.ForEach(_book.Remove);
    }
}
