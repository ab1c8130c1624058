using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Soql;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Reads rows by REST queries, in the order of (second, id), whatever Salesforce makes of milliseconds.</summary>
/// <remarks>
/// <para>Each page is a query of its own, which begins behind the last row: no locator has to live, and every page can be checked against
/// its question.</para>
/// <para>A query sorted by stamp brings whole seconds, one after the other; the last second of a page is only certain with the next page,
/// and
/// waits for it. A second that fills a page, or in the middle of which a run was cut off, is read by queries of its own, sorted by
/// id.</para>
/// <para>An answer with fewer rows than the one before it promised is asked for again, until two agree: records may have changed between,
/// or it may be another query's.</para>
/// </remarks>
internal sealed class QueryRows(SalesforceClient client, SoqlText soql, Selection selection)
{
    /// <summary>Most rows of a page: what Salesforce sends at once. Source: REST API Developer Guide, "Query Options Header".</summary>
    private const int MaxRows = 2000;

    /// <summary>Nothing in Salesforce is older.</summary>
    private static readonly DateTimeOffset Beginning = new(1999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);

    private (DateTimeOffset? Lower, DateTimeOffset Upper, RowPlace? After)? _expected;
    private RowPlace? _at;
    private TimeSpan? _window;
    private int _max = MaxRows;

    /// <summary>So many rows the next answer tells of, unless records change meanwhile.</summary>
    private long _promised;

    /// <summary>So many rows are left in the time that the last query in the order of change asked for.</summary>
    private long _left;

    /// <summary>The next rows from <paramref name="lower"/> to below <paramref name="upper"/>, behind the one at
    /// <paramref name="after"/>.</summary>
    /// <exception cref="SalesforceException">Salesforce refused.</exception>
    public async Task<RowPage> ReadAsync(DateTimeOffset? lower, DateTimeOffset upper, RowPlace? after, CancellationToken cancellationToken)
    {
        if (_expected != (lower, upper, after))
        {
            _at = after ?? (lower is { } from ? new RowPlace(from, null) : null);
            _expected = (lower, upper, after);
            (_promised, _left) = (after is null ? 0 : 1, 0); // nothing behind a row that was handed out ends the pass
        }

        while (_at is null || _at.Second < upper)
        {
            var query = Next(upper);
            if (await FetchAsync(query, cancellationToken) is not { } page)
            {
                return RowPage.NotYet;
            }

            if (page.Announced < Math.Min(_promised, query.Max))
            {
                _promised = page.Announced; // until two answers agree
                continue;
            }

            var rows = query.IsOfOneSecond ? OfSecond(query, page) : InOrder(query, page);
            if (rows.Count > 0)
            {
                _expected = (lower, upper, RowPlace.From(rows[^1]));
                return new RowPage(rows, HasMore: _at!.Second < upper);
            }
        }

        return RowPage.End;
    }

    private RowQuery Next(DateTimeOffset upper)
    {
        if (_at is { Id: { } id, Second: var second })
        {
            return new RowQuery(soql.OfSecond(second, id, _max), second, second.AddSeconds(1), _max) { BehindId = id };
        }

        var until = _window is { } window && _at is not null && _at.Second + window < upper ? _at.Second + window : upper;
        return new RowQuery(soql.InOrder(_at?.Second, until, _max), _at?.Second, until, _max);
    }

    /// <summary>Null where the query could not be answered as it was; the next one will be another.</summary>
    private async Task<QueryPage?> FetchAsync(RowQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await client.QueryAsync(query.Soql, selection.WithDeleted, answer =>
                JsonRows.Read(answer, query, selection), cancellationToken);
        }
        catch (SalesforceException large) when (large.Code == SalesforceException.TooLarge && query.Max > 1)
        {
            _max = Math.Max(1, query.Max / 8);
            return null;
        }
        catch (SalesforceException timeout) when (timeout.Code == SalesforceException.QueryTimeout && !query.IsOfOneSecond
            && !(query.Until - query.From <= MinWindow))
        {
            await ShrinkAsync(query, cancellationToken);
            return null;
        }
    }

    private async Task ShrinkAsync(RowQuery query, CancellationToken cancellationToken)
    {
        (_promised, _left) = (0, 0);
        _at ??= new RowPlace(await FirstSecondAsync(query.Until, cancellationToken), null);
        var seconds = Math.Floor((query.Until - _at.Second).TotalSeconds / 4); // each step costs two minutes
        _window = TimeSpan.FromSeconds(Math.Max(MinWindow.TotalSeconds, seconds));
    }

    private async Task<DateTimeOffset> FirstSecondAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            return await client.QueryAsync(soql.First(until), selection.WithDeleted, answer =>
                JsonRows.Second(answer, selection), cancellationToken) ?? Beginning;
        }
        catch (SalesforceException timeout) when (timeout.Code == SalesforceException.QueryTimeout)
        {
            return Beginning;
        }
    }

    private IReadOnlyList<SalesforceRow> OfSecond(RowQuery query, QueryPage page)
    {
        _at = page.IsLast ? new RowPlace(query.Until, null) : RowPlace.From(page.Rows[^1]);
        _left -= page.Rows.Count;
        _promised = !page.IsLast ? page.Announced - page.Rows.Count : _left > 0 ? _left : 1;
        return page.Rows;
    }

    private List<SalesforceRow> InOrder(RowQuery query, QueryPage page)
    {
        var end = page.IsLast ? query.Until : page.Rows[^1].Second;
        List<SalesforceRow> certain = [.. page.Rows.Where(row => row.Second < end)];
        certain.Sort(SalesforceRow.Compare);
        var isCrowded = !page.IsLast && certain.Count == 0; // one second fills the page
        _at = new RowPlace(end, isCrowded ? "" : null);
        _left = page.IsLast ? 0 : page.Announced - certain.Count;
        _promised = isCrowded ? page.Rows.Count : _left;
        if (page.IsLast)
        {
            _window *= certain.Count == 0 ? 4 : 1.25; // little by little, because the next time-out costs two minutes
        }

        return certain;
    }
}
