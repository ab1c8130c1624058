using System.Globalization;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Reading;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>A table, view or query, page by page in the order of cursor and id.</summary>
internal sealed class PostgresTable(PostgresSession session, PostgresShape shape, PostgresOptions options) : ICursorTable
{
    /// <summary>Rows of a page: enough that asking costs nothing, few enough to hold.</summary>
    public const int RowsPerPage = 2000;

    private const string Clock = """
        select now(),
               (select min(xact_start) from pg_stat_activity
                where backend_xid is not null and datname = current_database() and backend_type <> 'autovacuum worker'),
               (select min(prepared) from pg_prepared_xacts where database = current_database()),
               pg_has_role('pg_read_all_stats', 'usage') and not pg_is_in_recovery()
        """;

    private static readonly TimeSpan FarAhead = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongWriting = TimeSpan.FromHours(1);

    private readonly PostgresCursor _cursor = new(shape.CursorType, options.Conventions.TimeZone);

    public string Name => options.Relation.Name;

    public string CursorName => options.Cursor;

    public async ValueTask<TableLook> LookAsync(CancellationToken cancellationToken)
    {
        var clock = (await session.AskAsync(Clock, [], row => new ServerClock(Instant(row, 0), Writer(row, 1), Writer(row, 2), row.GetBoolean(3)), cancellationToken))[0];
        var empty = shape.IsCursorNullable ? $"(select count(*) from {options.Relation.Sql} as source where {shape.Cursor} is null)" : "0::bigint";
        var counts = (await session.AskAsync(
            $"select {empty}, (select count(*) from {options.Relation.Sql} as source where {shape.Cursor} > $1)",
            [_cursor.Bound(_cursor.EndOf(clock.Now + FarAhead))],
            row => (Empty: row.GetInt64(0), Ahead: row.GetInt64(1)),
            cancellationToken))[0];
        return new TableLook(clock.Now)
        {
            OldestWriter = _cursor.LastComplete(clock.Now, clock.OldestWriter),
            RowsWithoutCursor = counts.Empty,
            RowsInFuture = counts.Ahead,
            Notices = [.. Stall(clock)],
            Advice = [.. Advice(clock)],
        };
    }

    public async ValueTask<CursorPage> ReadPageAsync(PassBounds bounds, CursorPlace? after, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            await RefuseEmptyIdsAsync(bounds, cancellationToken);
        }

        var (where, parameters) = Within(bounds, after);
        var order = string.Join(", ", [shape.Cursor, .. shape.Ids.Select(id => id.Order)]);
        var read = string.Join(", ", [shape.Cursor, .. shape.Ids.Select(id => id.Text), .. shape.Values]);
        var limit = (RowsPerPage + 1).ToString(CultureInfo.InvariantCulture);
        var rows = await session.AskAsync($"select {read} from {options.Relation.Sql} as source where {where} order by {order} limit {limit}", parameters, Row, cancellationToken);
        RefuseTwins(rows);
        return rows.Count > RowsPerPage ? new CursorPage(rows[..RowsPerPage], HasMore: true) : new CursorPage(rows, HasMore: false);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private (string Where, List<NpgsqlParameter> Parameters) Within(PassBounds bounds, CursorPlace? after)
    {
        List<NpgsqlParameter> parameters = [_cursor.Bound(_cursor.EndOf(bounds.Upper))];
        var where = $"{shape.Cursor} < $1";
        if (after is not null)
        {
            parameters.AddRange([_cursor.Bound(_cursor.Resumed(after.Cursor)), .. IdsOf(after.Id).Select(PostgresCatalog.Text)]);
            var place = string.Join(", ", [shape.Cursor, .. shape.Ids.Select(id => id.Order)]);
            var ids = shape.Ids.Select((id, index) => string.Create(CultureInfo.InvariantCulture, $"${index + 3}{id.Cast}"));
            where += $" and ({place}) > ({string.Join(", ", ["$2", .. ids])})";
        }
        else if (bounds.Lower is { } lower)
        {
            parameters.Add(_cursor.Bound(_cursor.LowestSince(lower)));
            where += $" and {shape.Cursor} >= $2";
        }

        return (where, parameters);
    }

    private CursorRow Row(NpgsqlDataReader row)
    {
        var ids = Enumerable.Range(1, shape.Ids.Count).Select(row.GetString).ToList();
        var values = new object?[shape.Values.Count];
        for (var index = 0; index < values.Length; index++)
        {
            var column = 1 + ids.Count + index;
            values[index] = row.IsDBNull(column) ? null : row.GetString(column);
        }

        var (time, stamp) = _cursor.Read(row, 0);
        return new CursorRow(new CursorPlace(time, ids.Count == 1 ? ids[0] : ResumeJson.Texts(ids)), stamp, values);
    }

    private List<string> IdsOf(string id)
    {
        var ids = shape.Ids.Count == 1 ? [id] : ResumeJson.Parse(id, json => json.EnumerateArray().Select(ResumeJson.Text).ToList());
        return ids.Count == shape.Ids.Count ? ids : throw ResumeJson.NotOurs();
    }

    private async Task RefuseEmptyIdsAsync(PassBounds bounds, CancellationToken cancellationToken)
    {
        var mayBeEmpty = shape.Ids.Where(id => id.MayBeEmpty).Select(id => $"{id.Text} is null").ToList();
        if (mayBeEmpty.Count == 0)
        {
            return;
        }

        var (where, parameters) = Within(bounds, after: null);
        var hasEmpty = await session.AskAsync($"select exists (select 1 from {options.Relation.Sql} as source where {where} and ({string.Join(" or ", mayBeEmpty)}))", parameters, row => row.GetBoolean(0), cancellationToken);
        if (hasEmpty[0])
        {
            throw new SourceException($"{Name} has rows without {IdNames()}, and they cannot be put in order; fill it in and forbid empty values there, or name other columns in \"id\"");
        }
    }

    private void RefuseTwins(List<CursorRow> rows)
    {
        for (var index = 1; index < rows.Count; index++)
        {
            if (rows[index].Place == rows[index - 1].Place)
            {
                throw new SourceException($"{Name} has several rows with the same {IdNames()} and \"{options.Cursor}\", and a run that stops between them would lose one; name columns in \"id\" that make rows unique");
            }
        }
    }

    private static IEnumerable<string> Stall(ServerClock clock)
    {
        if (clock.OldestWriter < clock.Now - LongWriting)
        {
            yield return $"what was changed since {clock.OldestWriter.Value.UtcDateTime:u} waits, because a transaction that began then is still writing; find it with: select pid, usename, xact_start from pg_stat_activity where backend_xid is not null order by xact_start (or in pg_prepared_xacts), and end it if it was forgotten";
        }
    }

    private IEnumerable<string> Advice(ServerClock clock)
    {
        if (!shape.HasCursorIndex)
        {
            yield return $"no index begins with \"{options.Cursor}\", so every page reads the whole table; create one: CREATE INDEX CONCURRENTLY ON {options.Relation.Sql} ({string.Join(", ", [Relation.Quote(options.Cursor), .. options.Ids.Select(Relation.Quote)])})";
        }

        if (!clock.SeesWriters)
        {
            yield return $"transactions that are still writing cannot be seen, so one that takes longer than \"lagSeconds\" and \"lookbackMinutes\" together would be missed; read from the primary server, as a user with: GRANT pg_read_all_stats";
        }
    }

    private string IdNames() => string.Join(" and ", options.Ids.Select(id => $"\"{id}\""));

    private static DateTimeOffset Instant(NpgsqlDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);

    private static DateTimeOffset? Writer(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Instant(row, column);

    /// <param name="Now">Of the server.</param>
    /// <param name="Writing">When the oldest running transaction that has changed something began, as far as it can be seen.</param>
    /// <param name="Prepared">When the oldest transaction was prepared that waits for its second phase.</param>
    /// <param name="SeesWriters">Everybody's transactions can be seen.</param>
    private sealed record ServerClock(DateTimeOffset Now, DateTimeOffset? Writing, DateTimeOffset? Prepared, bool SeesWriters)
    {
        public DateTimeOffset? OldestWriter => Writing is null || Prepared < Writing ? Prepared : Writing;
    }
}
