using MarketoLambda.Sources.Passes;
using Npgsql;

namespace MarketoLambda.Sources.Postgres;

/// <summary>A look at the server before a pass: its clock, who is still writing, and what a person should know.</summary>
internal sealed class PostgresLook(PostgresSession session, PostgresShape shape, PostgresOptions options, PostgresCursor cursor)
{
    // A statement of its own, before any that reads rows: whoever is over by then is seen by them.
    private const string Clock = """
        select now(),
               (select min(xact_start) from pg_stat_activity
                where backend_xid is not null and datname = current_database() and backend_type <> 'autovacuum worker'),
               (select min(prepared) from pg_prepared_xacts where database = current_database()),
               pg_has_role('pg_read_all_stats', 'usage') and not pg_is_in_recovery()
        """;

    private static readonly TimeSpan FarAhead = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongWriting = TimeSpan.FromHours(1);

    public async Task<TableLook> TakeAsync(CancellationToken cancellationToken)
    {
        var clock = (await session.AskAsync(Clock, [], row => new ServerClock(Instant(row, 0), Writer(row, 1), Writer(row, 2), row.GetBoolean(3)), cancellationToken))[0];
        var source = $"(select count(*) from {options.Relation.Sql} as source where {shape.Cursor}";
        var counts = (await session.AskAsync(
            $"select {(shape.IsCursorNullable ? $"{source} is null)" : "0::bigint")}, {source} > $1)",
            [cursor.Bound(cursor.EndOf(clock.Now + FarAhead))],
            row => (Empty: row.GetInt64(0), Ahead: row.GetInt64(1)),
            cancellationToken))[0];
        return new TableLook(clock.Now)
        {
            OldestWriter = cursor.LastComplete(clock.Now, clock.OldestWriter),
            RowsWithoutCursor = counts.Empty,
            RowsInFuture = counts.Ahead,
            Notices = [.. Stall(clock)],
            Advice = [.. Advice(clock)],
        };
    }

    private static IEnumerable<TableNotice> Stall(ServerClock clock)
    {
        if (clock.OldestWriter < clock.Now - LongWriting)
        {
            yield return new("old-transaction", $"what was changed since {clock.OldestWriter.Value.UtcDateTime:u} waits, because a transaction that began then is still writing; find it with: select pid, usename, xact_start from pg_stat_activity where backend_xid is not null order by xact_start (or in pg_prepared_xacts), and end it if it was forgotten");
        }
    }

    private IEnumerable<TableNotice> Advice(ServerClock clock)
    {
        if (!shape.HasCursorIndex)
        {
            yield return new("no-cursor-index", $"no index begins with \"{options.Cursor}\", so every page reads the whole table; create one: CREATE INDEX CONCURRENTLY ON {options.Relation.Sql} ({string.Join(", ", [Relation.Quote(options.Cursor), .. shape.Ids.Select(id => id.Index)])})");
        }

        if (!clock.SeesWriters)
        {
            yield return new("writers-unseen", "transactions that are still writing cannot be seen, so one that takes longer than \"lagSeconds\" and \"lookbackMinutes\" together would be missed; read from the primary server, as a user with: GRANT pg_read_all_stats");
        }
    }

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
