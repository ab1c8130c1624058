using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Soql;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Reads many rows by bulk jobs: one job for a slice of time that fits into memory, because results come in no order and are sorted here.</summary>
/// <remarks>
/// Waiting for a job is done in small steps, each of which ends with <see cref="RowPage.NotYet"/>: a run whose time is up stops between two of them,
/// and the next one finds the job again by <see cref="Slice"/>. A job that failed or is gone is made again.
/// </remarks>
internal sealed class BulkRows(SalesforceClient client, SoqlText soql, Selection selection, int mostRows, TimeProvider time)
{
    private const int MostFailures = 3;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly BulkJobs _jobs = new(client);
    private TimeSpan _pause = TimeSpan.FromSeconds(2);
    private readonly CsvRows _csv = new(selection);
    private TimeSpan? _span;
    private RowPlace? _handedOut;
    private DateTimeOffset? _reached;
    private DateTimeOffset? _tooLarge;
    private int _failures;

    /// <summary>The job under way or being handed out; null between two.</summary>
    public BulkSlice? Slice { get; private set; }

    /// <summary>Takes up the slice an earlier run left, unless the job file asks for something else now.</summary>
    public void Attach(BulkSlice slice) => Slice = slice.Query == Print ? slice : null;

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
                return await FetchAsync(Slice, state.Rows, after, upper, cancellationToken);
            case BulkJobOutcome.Running:
                await Task.Delay(_pause, time, CancellationToken.None).WaitAsync(cancellationToken);
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
                return RowPage.NotYet;
            case BulkJobOutcome.Failed when ++_failures >= MostFailures:
                throw new SalesforceException(SalesforceException.BulkJobFailed, state.Message ?? "Salesforce does not say why");
            default:
                Slice = null;
                return RowPage.NotYet;
        }
    }

    private void Leave(BulkSlice slice)
    {
        _reached = slice.Until;
        (Slice, _handedOut) = (null, null);
    }

    private string Print => BulkSlice.PrintOf($"{selection.WithDeleted} {soql.Unordered(null, DateTimeOffset.UnixEpoch)}");

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
        while ((rows = await CountAsync(from, until, cancellationToken)) is null || rows > mostRows)
        {
            if (until - from <= TimeSpan.FromSeconds(1))
            {
                _tooLarge = from;
                return null;
            }

            var shorter = (until - from) * (rows is { } many ? 0.9 * mostRows / many : 0.25);
            until = from + TimeSpan.FromSeconds(Math.Max(1, Math.Floor(shorter.TotalSeconds)));
        }

        _span = (until - from) * (rows == 0 ? 8 : 1.5);
        if (rows == 0)
        {
            _reached = until;
            return until < upper ? RowPage.NotYet : RowPage.End;
        }

        _pause = TimeSpan.FromSeconds(2);
        Slice = new BulkSlice(await _jobs.CreateAsync(soql.Unordered(from, until), selection.WithDeleted, cancellationToken), until, Print);
        return RowPage.NotYet;
    }

    /// <summary>Null where Salesforce cannot count that many.</summary>
    public async Task<long?> CountAsync(DateTimeOffset? from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.QueryAsync(soql.Count(from, until), selection.WithDeleted, cancellationToken);
            return answer.RootElement.GetProperty("totalSize").GetInt64();
        }
        catch (SalesforceException timeout) when (timeout.Code == SalesforceException.QueryTimeout)
        {
            return null;
        }
    }

    private async Task<RowPage> FetchAsync(BulkSlice slice, long? expected, RowPlace after, DateTimeOffset upper, CancellationToken cancellationToken)
    {
        List<SalesforceRow> rows = [];
        var read = 0L;
        string? locator = null;
        do
        {
            var part = await _jobs.GetPartAsync(slice.Job, locator, cancellationToken);
            var before = read;
            foreach (var row in _csv.Read(part.Csv))
            {
                read++;
                if (row.Second < slice.Until && (row.Second > after.Second || (row.Second == after.Second && after.Id is not null && string.CompareOrdinal(row.Id, after.Id) > 0)))
                {
                    rows.Add(row);
                }
            }

            ThrowUnlessWhole(read - before, part.Count);
            locator = part.NextLocator;
        }
        while (locator is not null);

        ThrowUnlessWhole(read, expected);
        _failures = 0;
        if (rows.Count == 0)
        {
            Leave(slice);
            return slice.Until < upper ? RowPage.NotYet : RowPage.End;
        }

        rows.Sort(SalesforceRow.Compare);
        _handedOut = RowPlace.Of(rows[^1]);
        return new RowPage(rows, HasMore: slice.Until < upper);
    }

    private static void ThrowUnlessWhole(long rows, long? expected)
    {
        if (expected is not null && rows != expected)
        {
            throw new SourceException($"A bulk result of Salesforce has {rows} rows, and {expected} were announced; nothing of it was imported. The next run fetches it again");
        }
    }
}
