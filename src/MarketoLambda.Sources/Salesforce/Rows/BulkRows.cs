using MarketoLambda.Marketo.Calls;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Soql;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Reads many rows by bulk jobs: one job for a slice of time that fits into memory, because results come in no order and are
/// sorted here.</summary>
/// <remarks>
/// Waiting for a job is done in small steps, each of which ends with <see cref="RowPage.NotYet"/>: a run whose time is up stops between
/// two of them,
/// and the next one finds the job again by <see cref="Slice"/>. A job that failed or is gone is made again.
/// </remarks>
internal sealed class BulkRows(SalesforceClient client, SoqlText soql, Selection selection, int maxRows, TimeProvider time)
{
    private const int MaxFailures = 3;

    /// <summary>A job that runs longer does not come to its end by itself.</summary>
    private static readonly TimeSpan MaxJob = TimeSpan.FromHours(12);

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(20);

    private readonly BulkJobs _jobs = new(client);
    private TimeSpan _pause = TimeSpan.FromSeconds(2);
    private int _maxRows = maxRows;
    private bool _isOurs;
    private TimeSpan? _span;
    private RowPlace? _handedOut;
    private DateTimeOffset? _reached;
    private DateTimeOffset? _tooLarge;
    private int _failures;

    /// <summary>The job under way or being handed out; null between two.</summary>
    public BulkSlice? Slice { get; private set; }

    /// <summary>Takes up the slice an earlier run left, unless the job file asks for something else now.</summary>
    public void Attach(BulkSlice slice) => Slice = slice.Query == Fingerprint ? slice : null;

    /// <summary>The next slice behind a row; null where a single second is too large for one, and is better read by queries.</summary>
    public async Task<RowPage?> ReadAsync(DateTimeOffset upper, RowPlace after, CancellationToken cancellationToken)
    {
        if (Slice is not null && (after == _handedOut || Slice.Until <= after.Second))
        {
            Leave(Slice);
        }

        if (Slice is null)
        {
            return await BeginAsync(upper, _reached > after.Second ? _reached.Value : after.Second, cancellationToken);
        }

        var state = await _jobs.FindAsync(Slice.Job, cancellationToken);
        switch (state.Outcome)
        {
            case BulkJobOutcome.Complete:
                return await FetchAsync(Slice, state.Rows ?? 0, after, upper, cancellationToken);
            case BulkJobOutcome.Running when client.Date - state.CreatedAt > MaxJob:
                throw new SalesforceException(SalesforceException.BulkJobEndless, Slice.Job);
            case BulkJobOutcome.Running:
                await time.PauseAsync(_pause, cancellationToken);
                _pause = _pause * 2 < MaxPause ? _pause * 2 : MaxPause;
                return RowPage.NotYet;
            case BulkJobOutcome.Gone when !_isOurs:
                Slice = null; // an earlier run's, and over seven days old
                return RowPage.NotYet;
            default:
                return Fail(state.Message ?? "Salesforce does not say why");
        }
    }

    /// <summary>Makes the job again, unless that was tried often enough.</summary>
    private RowPage Fail(string reason)
    {
        if (++_failures >= MaxFailures)
        {
            throw new SalesforceException(SalesforceException.BulkJobFailed, reason);
        }

        Slice = null;
        return RowPage.NotYet;
    }

    private void Leave(BulkSlice slice)
    {
        _reached = slice.Until;
        (Slice, _handedOut) = (null, null);
    }

    private string Fingerprint => BulkSlice.FingerprintOf($"{selection.WithDeleted} {soql.Unordered(null, DateTimeOffset.UnixEpoch)}");

    private async Task<RowPage?> BeginAsync(DateTimeOffset upper, DateTimeOffset from, CancellationToken cancellationToken)
    {
        if (from >= upper)
        {
            return RowPage.End;
        }

        if (from <= _tooLarge)
        {
            return null;
        }

        var until = _span is { } span && from + span < upper ? from + span : upper;
        long? rows;
        while ((rows = await CountAsync(from, until, cancellationToken)) is null || rows > _maxRows)
        {
            if (until - from <= TimeSpan.FromSeconds(1))
            {
                _tooLarge = from;
                return null;
            }

            var shorter = (until - from) * (rows is { } many ? 0.9 * _maxRows / many : 0.25);
            until = from + TimeSpan.FromSeconds(Math.Max(1, Math.Floor(shorter.TotalSeconds)));
        }

        _span = (until - from) * (rows == 0 ? 8 : 1.5);
        if (rows == 0)
        {
            _reached = until;
            return until < upper ? RowPage.NotYet : RowPage.End;
        }

        _pause = TimeSpan.FromSeconds(2);
        _isOurs = true;
        Slice = new BulkSlice(
            await _jobs.CreateAsync(soql.Unordered(from, until), selection.WithDeleted, cancellationToken),
            until,
            Fingerprint);
        return RowPage.NotYet;
    }

    /// <summary>Null where Salesforce cannot count that many.</summary>
    public async Task<long?> CountAsync(DateTimeOffset? from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            return await client.QueryAsync(
                soql.Count(from, until),
                selection.WithDeleted,
                answer => answer.GetProperty("totalSize").GetInt64() is >= 0 and var count ? count
                    : throw SalesforceException.Misfit("counts records below zero"),
                cancellationToken);
        }
        catch (SalesforceException timeout) when (timeout.Code == SalesforceException.QueryTimeout)
        {
            return null;
        }
    }

    private async Task<RowPage> FetchAsync(BulkSlice slice, long announced, RowPlace after, DateTimeOffset upper,
        CancellationToken cancellationToken)
    {
        BulkResult result = new(_jobs, selection, slice.Job, announced);
        if (await result.FetchAsync(cancellationToken) is not { } all)
        {
            _maxRows = result.FittingRows;
            Slice = null;
            return RowPage.NotYet;
        }

        if (all.Count != announced)
        {
            return Fail($"its result has {all.Count} records, and {announced} were announced");
        }

        if (RowIds.HasDuplicates(all))
        {
            return Fail("its result holds a record twice");
        }

        _failures = 0;
        List<SalesforceRow> rows = [.. all.Where(row => row.Second < slice.Until && IsBehind(after, row))];
        if (rows.Count == 0)
        {
            Leave(slice);
            return slice.Until < upper ? RowPage.NotYet : RowPage.End;
        }

        rows.Sort(SalesforceRow.Compare);
        _handedOut = RowPlace.From(rows[^1]);
        return new RowPage(rows, HasMore: slice.Until < upper);
    }

    private static bool IsBehind(RowPlace place, SalesforceRow row) =>
        row.Second > place.Second || (row.Second == place.Second && place.Id is not null && string.CompareOrdinal(row.Id, place.Id) > 0);
}
