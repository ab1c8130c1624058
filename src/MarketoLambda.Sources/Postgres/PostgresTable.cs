using System.Globalization;
using MarketoLambda.Sources.Json;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Sources;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>A table, view or query, page by page in the order of cursor and id.</summary>
internal sealed class PostgresTable(PostgresSession session, PostgresShape shape, PostgresOptions options) : ICursorTable
{
    private readonly PostgresCursor _cursor = new(shape.CursorType, options.Conventions.TimeZone);
    private readonly PostgresHorizon _horizon = new(options.Connection);

    public string Name => options.Relation.Name;

    public string CursorName => options.Cursor;

    public async ValueTask<TableProbe> ProbeAsync(CancellationToken cancellationToken) =>
        await new PostgresProbe(session, shape, options, _cursor).TakeAsync(cancellationToken);

    public async ValueTask<CursorPage> ReadPageAsync(PassBounds bounds, CursorPlace? after, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            await ThrowIfIdsAreEmptyAsync(bounds, cancellationToken);
        }

        return ReachesYearOne(bounds, after) && await HasAncientRowsAsync(cancellationToken)
            ? await ReadAncientAsync(bounds, after, cancellationToken)
            : await ReadAsync(bounds, shape.Cursor, OrderOf(shape.Cursor), Within(bounds, after), cancellationToken);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>
    /// First the rows whose cursor no time here can hold, in the order of their ids, as if all had the lowest one; then the others.
    /// </summary>
    private async Task<CursorPage> ReadAncientAsync(PassBounds bounds, CursorPlace? after, CancellationToken cancellationToken)
    {
        var (before, ids) = ($"{shape.Cursor} <= {PostgresCursor.YearOne(shape)}", after is null ? [] : IdsOf(after.Id));
        var ancient = await ReadAsync(
            bounds,
            PostgresCursor.Lowest(shape),
            OrderOf(),
            after is null ? (before, []) : ($"{before} and ({OrderOf()}) > ({Places(first: 1)})", [.. ids.Select(PostgresCatalog.Text)]),
            cancellationToken);
        if (ancient.HasMore)
        {
            return ancient;
        }

        var (where, parameters) = Within(bounds with { Lower = null }, after: null);
        where += $" and {shape.Cursor} > {PostgresCursor.YearOne(shape)}";
        var others = await ReadAsync(bounds, shape.Cursor, OrderOf(shape.Cursor), (where, parameters), cancellationToken);
        return others with { Rows = [.. ancient.Rows, .. others.Rows] };
    }

    private async Task<CursorPage> ReadAsync(
        PassBounds bounds,
        string cursor,
        string order,
        (string Where, List<NpgsqlParameter> Parameters) rows,
        CancellationToken cancellationToken)
    {
        var read = string.Join(", ", [cursor, .. shape.Ids.Select(id => id.Text), .. shape.Values]);
        var limit = (PostgresPage.MaxRows + 1).ToString(CultureInfo.InvariantCulture);
        var sql = $"select {read} from {options.Relation.Sql} as source where {rows.Where} order by {order} limit {limit}";
        var page = await session.TransactAsync(
            async questions =>
            {
                await _horizon.WaitAsync(questions, bounds.Shown, cancellationToken);
                return await PostgresPage.ReadAsync(questions.Fetch(sql, rows.Parameters, Row), cancellationToken);
            },
            cancellationToken);
        ThrowIfDuplicates(page);
        return page.Handed;
    }

    private async Task<bool> HasAncientRowsAsync(CancellationToken cancellationToken)
    {
        var ancient = $"{shape.Cursor} <= {PostgresCursor.YearOne(shape)} and {shape.Cursor} > {PostgresCursor.Lowest(shape)}";
        var sql = $"select exists (select 1 from {options.Relation.Sql} as source where {ancient})";
        return (await session.AskAsync(sql, [], row => row.GetBoolean(0), cancellationToken))[0];
    }

    private (string Where, List<NpgsqlParameter> Parameters) Within(PassBounds bounds, CursorPlace? after)
    {
        List<NpgsqlParameter> parameters = [_cursor.Bound(_cursor.EndOf(bounds.Upper))];
        var where = $"{shape.Cursor} < $1";
        if (after is not null)
        {
            parameters.AddRange([_cursor.Bound(_cursor.Resumed(after.Cursor)), .. IdsOf(after.Id).Select(PostgresCatalog.Text)]);
            where += $" and ({OrderOf(shape.Cursor)}) > ($2, {Places(first: 3)})";
        }
        else if (bounds.Lower is { } lower)
        {
            parameters.Add(_cursor.Bound(_cursor.LowestSince(lower)));
            where += $" and {shape.Cursor} >= $2";
        }

        return (where, parameters);
    }

    private string OrderOf(params IEnumerable<string> before) => string.Join(", ", [.. before, .. shape.Ids.Select(id => id.Order)]);

    private string Places(int first) =>
        string.Join(", ", shape.Ids.Select((id, index) => string.Create(CultureInfo.InvariantCulture, $"${index + first}{id.Cast}")));

    private static bool ReachesYearOne(PassBounds bounds, CursorPlace? after) =>
        after is null ? bounds.Lower is null : after.Cursor == DateTime.MinValue;

    private CursorRow Row(NpgsqlDataReader row)
    {
        var ids = Enumerable
            .Range(1, shape.Ids.Count)
            .Select(column => row.IsDBNull(column) ? throw EmptyIds() : row.GetString(column))
            .ToList();
        var values = new object?[shape.Values.Count];
        for (var index = 0; index < values.Length; index++)
        {
            var column = 1 + ids.Count + index;
            values[index] = row.IsDBNull(column) ? null : PostgresText.Read(row, column);
        }

        var (time, stamp) = _cursor.Read(row, 0);
        return new CursorRow(new CursorPlace(time, ids.Count == 1 ? ids[0] : ResumeJson.Texts(ids)), stamp, values);
    }

    private List<string> IdsOf(string id)
    {
        var ids = shape.Ids.Count == 1 ? [id] : ResumeJson.Parse(id, json => json.EnumerateArray().Select(ResumeJson.Text).ToList());
        return ids.Count == shape.Ids.Count ? ids : throw ResumeJson.NotOurs();
    }

    private async Task ThrowIfIdsAreEmptyAsync(PassBounds bounds, CancellationToken cancellationToken)
    {
        var mayBeEmpty = shape.Ids.Where(id => id.MayBeEmpty).Select(id => $"{id.Text} is null").ToList();
        if (mayBeEmpty.Count == 0)
        {
            return;
        }

        var (where, parameters) = Within(bounds, after: null);
        var hasEmpty = await session.AskAsync(
            $"select exists (select 1 from {options.Relation.Sql} as source where {where} and ({string.Join(" or ", mayBeEmpty)}))",
            parameters,
            row => row.GetBoolean(0),
            cancellationToken);
        if (hasEmpty[0])
        {
            throw EmptyIds();
        }
    }

    private void ThrowIfDuplicates(PostgresPage page)
    {
        if (page.HasDuplicates)
        {
            throw new SourceException(
                $"{Name} has several rows with the same {IdNames()} and \"{options.Cursor}\", and a run that stops between them would "
                    + "lose one; "
                + "name columns in \"id\" that make rows unique");
        }
    }

    private SourceException EmptyIds() =>
        new(
            $"{Name} has rows without {IdNames()}, and they cannot be put in order; fill it in and forbid empty values there, or name "
                + "other columns in \"id\""
        );

    private string IdNames() => string.Join(" and ", options.Ids.Select(id => $"\"{id}\""));
}
