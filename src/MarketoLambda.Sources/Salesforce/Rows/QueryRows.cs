using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Soql;

namespace MarketoLambda.Sources.Salesforce.Rows;

/// <summary>Reads rows by REST queries, in the order of (second, id), whatever Salesforce makes of milliseconds.</summary>
/// <remarks>
/// <para>A query sorted by stamp brings whole seconds, one after the other; the last second of a page is only certain with the next page, and
/// waits for it. A second that fills a page, or in the middle of which a run was cut off, is read by a query of its own, sorted by id.</para>
/// <para>A locator is used while it lives and never written down: without it the next query begins behind the last row handed out. It shows a record as it is when the
/// page is fetched, so one changed meanwhile turns up with a later stamp than its place has: it is sorted in, or left to the next pass.</para>
/// </remarks>
internal sealed class QueryRows(SalesforceClient client, SoqlText soql, Selection selection)
{
    /// <summary>Nothing in Salesforce is older.</summary>
    private static readonly DateTimeOffset Beginning = new(1999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(1);

    private readonly List<SalesforceRow> _waiting = [];
    private (DateTimeOffset? Lower, DateTimeOffset Upper, RowPlace? After)? _expected;
    private RowPlace? _at;
    private OpenQuery? _open;
    private TimeSpan? _window;

    /// <summary>The next rows from <paramref name="lower"/> to below <paramref name="upper"/>, behind the one at <paramref name="after"/>.</summary>
    /// <exception cref="SalesforceException">Salesforce refused.</exception>
    public async Task<RowPage> ReadAsync(DateTimeOffset? lower, DateTimeOffset upper, RowPlace? after, CancellationToken cancellationToken)
    {
        if (_expected != (lower, upper, after))
        {
            Forget();
            _at = after ?? (lower is { } from ? new RowPlace(from, null) : null);
            _expected = (lower, upper, after);
        }

        while (_open is not null || _at is null || _at.Second < upper)
        {
            var query = _open ?? Next(upper);
            if (await FetchAsync(query, cancellationToken) is not { } page)
            {
                return RowPage.NotYet;
            }

            var rows = query.IsOfOneSecond ? OfSecond(query, page) : InOrder(query, page);
            if (rows.Count > 0)
            {
                _expected = (lower, upper, RowPlace.Of(rows[^1]));
                return new RowPage(rows, HasMore: _open is not null || _at!.Second < upper);
            }
        }

        return RowPage.End;
    }

    private void Forget()
    {
        _open = null;
        _waiting.Clear();
    }

    private OpenQuery Next(DateTimeOffset upper)
    {
        if (_at is { Id: { } id, Second: var second })
        {
            return new OpenQuery(soql.OfSecond(second, id), second, second.AddSeconds(1)) { IsOfOneSecond = true };
        }

        var until = _window is { } window && _at is not null && _at.Second + window < upper ? _at.Second + window : upper;
        return new OpenQuery(soql.InOrder(_at?.Second, until), _at?.Second, until);
    }

    /// <summary>Null where the query could not be answered as it was; the next one will be another.</summary>
    private async Task<IReadOnlyList<SalesforceRow>?> FetchAsync(OpenQuery query, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = query.NextPage is { } locator
                ? await client.GetAsync(locator, cancellationToken)
                : await client.QueryAsync(query.Soql, selection.WithDeleted, cancellationToken);
            query.IsFirstPage = query.NextPage is null;
            query.NextPage = JsonRows.NextPage(answer.RootElement);
            _open = query;
            return [.. JsonRows.Read(answer.RootElement, selection).Where(row => (query.From is null || row.Second >= query.From) && row.Second < query.Until)];
        }
        catch (SalesforceException lost) when (query.NextPage is not null && lost.Code is SalesforceException.InvalidLocator or SalesforceException.InvalidSession)
        {
            Forget(); // a locator ends with its session, too
            return null;
        }
        catch (SalesforceException timeout) when (timeout.Code == SalesforceException.QueryTimeout && !query.IsOfOneSecond && !(query.Until - query.From <= LeastWindow))
        {
            await ShrinkAsync(query, cancellationToken);
            return null;
        }
    }

    private async Task ShrinkAsync(OpenQuery query, CancellationToken cancellationToken)
    {
        Forget();
        _at ??= new RowPlace(await FirstSecondAsync(query.Until, cancellationToken), null);
        var seconds = Math.Floor((query.Until - _at.Second).TotalSeconds / 4); // each step costs two minutes
        _window = TimeSpan.FromSeconds(Math.Max(LeastWindow.TotalSeconds, seconds));
    }

    private async Task<DateTimeOffset> FirstSecondAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.QueryAsync(soql.First(until), selection.WithDeleted, cancellationToken);
            return JsonRows.Read(answer.RootElement, selection).Select(row => row.Second).FirstOrDefault(Beginning);
        }
        catch (SalesforceException timeout) when (timeout.Code == SalesforceException.QueryTimeout)
        {
            return Beginning;
        }
    }

    private List<SalesforceRow> OfSecond(OpenQuery query, IReadOnlyList<SalesforceRow> page)
    {
        for (var i = 1; i < page.Count; i++)
        {
            IdOrder.Check(page[i - 1], page[i]);
        }

        if (query.NextPage is null)
        {
            _open = null;
            _at = new RowPlace(query.Until, null);
        }
        else if (page.Count > 0)
        {
            _at = RowPlace.Of(page[^1]);
        }

        return [.. page];
    }

    private List<SalesforceRow> InOrder(OpenQuery query, IReadOnlyList<SalesforceRow> page)
    {
        for (var i = 1; i < page.Count && query.IsFirstPage; i++)
        {
            if (page[i - 1].Stamp == page[i].Stamp)
            {
                IdOrder.Check(page[i - 1], page[i]);
            }
        }

        _waiting.AddRange(page);
        var end = query.NextPage is null ? query.Until : page.Count > 0 ? page[^1].Second : query.From ?? Beginning;
        List<SalesforceRow> certain = [.. _waiting.Where(row => row.Second < end)];
        _waiting.RemoveAll(row => row.Second < end);
        certain.Sort(SalesforceRow.Compare);
        if (query.NextPage is null)
        {
            Forget();
            _at = new RowPlace(query.Until, null);
            _window *= certain.Count == 0 ? 4 : 1.25; // little by little, because the next time-out costs two minutes
        }
        else if (certain.Count > 0)
        {
            _at = RowPlace.Of(certain[^1]);
        }
        else if (page.Count > 0)
        {
            // One second fills a page. Of a later page that is not sure, because records may have changed since the first.
            Forget();
            _open = query.IsFirstPage ? new OpenQuery(soql.OfSecond(end, null), end, end.AddSeconds(1)) { IsOfOneSecond = true } : null;
        }

        return certain;
    }
}
