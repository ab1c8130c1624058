using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Fields;
using MarketoLambda.Sources.Salesforce.Rows;
using MarketoLambda.Sources.Salesforce.Soql;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Salesforce;

/// <summary>An object of Salesforce as a table with a cursor.</summary>
/// <param name="options">Which records.</param>
/// <param name="client">The organisation.</param>
/// <param name="columns">The job's columns.</param>
/// <param name="mark">Where the last pass ended; null before the first.</param>
/// <param name="time">This machine's clock.</param>
internal sealed class SalesforceTable(SalesforceOptions options, SalesforceClient client, IReadOnlyList<string> columns,
    DateTimeOffset? mark, TimeProvider time) : ICursorTable
{
    /// <summary>Source: Salesforce help, "View, Restore, and Manage the Recycle Bin".</summary>
    private static readonly TimeSpan RecycleBin = TimeSpan.FromDays(15);

    private Selection? _selection;
    private SoqlText? _soql;
    private QueryRows? _queries;
    private BulkRows? _bulk;
    private (PassBounds Bounds, bool IsBulk)? _decision;

    public string Name => options.Object;

    public string CursorName => Selection.Stamp;

    public string? Bookmark => _bulk?.Slice?.ToString();

    public ValueTask<TableProbe> ProbeAsync(CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        await PrepareAsync(cancellationToken);
        var (now, doubt) = await new OrganisationClock(client, _soql!, _selection!, time).ReadAsync(cancellationToken);
        return new TableProbe(now)
        {
            Notices = [.. doubt is null ? [] : (TableNotice[])[doubt], .. UnseenChanges(), .. UnseenDeletions(now)],
            Advice = options.Deleted == DeletedRule.Ignore ? [] : [new("hard-deletes-unseen", "what is deleted for good (the recycle bin "
                + "emptied, or passed over) leaves no trace in Salesforce, so its record in Marketo stays; delete it there by hand")],
        };
    });

    public ValueTask<CursorPage> ReadPageAsync(PassBounds bounds, CursorPlace? after, CancellationToken cancellationToken) =>
        TranslateAsync(async () =>
    {
        await PrepareAsync(cancellationToken);
        var place = after is null ? null : new RowPlace(new DateTimeOffset(after.Cursor, TimeSpan.Zero), after.Id);
        var upper = WholeSeconds.Floor(bounds.Upper.AddTicks(TimeSpan.TicksPerSecond - 1));
        var page = place is not null && await UsesBulkAsync(bounds, upper, place, after!.Bookmark, cancellationToken)
            ? await _bulk!.ReadAsync(upper, place, cancellationToken)
            : null;
        page ??= await _queries!.ReadAsync(bounds.Lower is { } lower ? WholeSeconds.Floor(lower) : null, upper, place, cancellationToken);
        return new CursorPage([.. page.Rows.Select(Row)], page.HasMore);
    });

    public ValueTask DisposeAsync() => default;

    /// <summary>First loads and full passes of many records. The first page is always a query, so that a run soon knows what it has to
    /// do.</summary>
    private async Task<bool> UsesBulkAsync(PassBounds bounds, DateTimeOffset upper, RowPlace place, string? bookmark,
        CancellationToken cancellationToken)
    {
        if (_decision is not { } decision || decision.Bounds != bounds)
        {
            _bulk = new BulkRows(client, _soql!, _selection!, options.RowsPerBulkJob, time);
            if (bounds.Lower is null && BulkSlice.Parse(bookmark) is { } slice)
            {
                _bulk.Attach(slice);
            }

            decision = (bounds, bounds.Lower is null
                && (_bulk.Slice is not null || !(await _bulk.CountAsync(place.Second, upper, cancellationToken) <= options.BulkAbove)));
            _decision = decision;
        }

        return decision.IsBulk;
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_selection is null)
        {
            ObjectDescriptions objects = new(client);
            var found = await objects.FindAsync(options.Object, columns, cancellationToken);
            _selection = new Selection(found, options.Deleted != DeletedRule.Ignore);
            await objects.RequireAsync(options.Object, _selection.Needed, cancellationToken);
            _soql = new SoqlText(options.Object, _selection.Paths, options.Filter);
            _queries = new QueryRows(client, _soql, _selection);
        }
    }

    private CursorRow Row(SalesforceRow row) => new(new CursorPlace(row.Second.UtcDateTime, row.Id), row.Second, row.Values)
    {
        IsDeletion = row.IsDeleted && options.Deleted == DeletedRule.Delete,
        Location = $"{options.Object} {row.Id}",
    };

    private IEnumerable<TableNotice> UnseenChanges()
    {
        var formulas = _selection!.Columns.Where(column => column.IsCalculated && !column.IsOfAnotherRecord).Select(column =>
            column.Path).ToList();
        var others = _selection.Columns.Where(column => column.IsOfAnotherRecord).Select(column => column.Path).ToList();
        if (options.Pass.FullPassEvery is not null || formulas.Count + others.Count == 0)
        {
            yield break;
        }

        var what = string.Join(" and ",
            new[] { (Names: formulas, Are: "computed by Salesforce"), (Names: others, Are: "taken from another record") }
            .Where(group => group.Names.Count > 0)
            .Select(group => $"{string.Join(", ", group.Names)} ({group.Are})"));
        yield return new("changes-unseen", $"changes of {what} do not move a record's {Selection.Stamp}, so they arrive only with its "
            + "next own change; set \"fullPassEveryDays\" to read all records again from time to time");
    }

    private IEnumerable<TableNotice> UnseenDeletions(DateTimeOffset now)
    {
        if (options.Deleted != DeletedRule.Ignore && mark is { } ended && now - ended > RecycleBin)
        {
            yield return new("deletions-unseen", $"the last pass ended at {ended.UtcDateTime:u}, and Salesforce keeps deleted records for "
                + $"{RecycleBin.TotalDays} days only: those deleted between may have left without a trace, and their records stay in "
                + "Marketo; compare the two once");
        }
    }

    /// <summary>Whatever Salesforce refuses is told in one sentence.</summary>
    private async ValueTask<T> TranslateAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SalesforceException refusal)
        {
            throw SalesforceErrors.Create(refusal, client.Connection, options.Object, refusal.Soql is { } soql ? _soql?.FilterColumn(soql)
                : null);
        }
    }
}
