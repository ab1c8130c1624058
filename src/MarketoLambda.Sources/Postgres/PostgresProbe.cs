using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Postgres;

/// <summary>A look at the server before a pass: its clock, who is still writing, and what a person should know.</summary>
internal sealed class PostgresProbe(PostgresSession session, PostgresShape shape, PostgresOptions options, PostgresCursor cursor)
{
    private static readonly TimeSpan FarAhead = TimeSpan.FromHours(1);
    private static readonly TimeSpan TooLong = TimeSpan.FromHours(1);

    private TimeSpan Patience => options.Passes.Lag + options.Passes.Lookback;

    public async Task<TableProbe> TakeAsync(CancellationToken cancellationToken)
    {
        var clock = await PostgresClock.ReadAsync(session, Patience, options.Connection, cancellationToken);
        var source = $"(select count(*) from {options.Relation.Sql} as source where {shape.Cursor}";
        var counts = (
            await session.AskAsync(
                $"select {(shape.IsCursorNullable ? $"{source} is null)" : "0::bigint")}, {source} > $1), (select count(*) from "
                    + $"{options.Relation.Sql} as source where {PostgresCursor.IsBeforeYearOne(shape)})",
                [cursor.Bound(cursor.EndOf(clock.Now + FarAhead))],
                row => (Empty: row.GetInt64(0), Ahead: row.GetInt64(1), Ancient: row.GetInt64(2)),
                cancellationToken)
        )[0];
        return new TableProbe(clock.Now)
        {
            Shown = clock.Shown,
            OldestWriter = cursor.LastComplete(clock.Now, clock.OldestWriter),
            RowsWithoutCursor = counts.Empty,
            RowsInFuture = counts.Ahead,
            Notices = [.. Ancient(counts.Ancient), .. Stall(clock)],
            Advice = [.. IndexAdvice(), .. WriterAdvice(clock)],
        };
    }

    private IEnumerable<TableNotice> Ancient(long count)
    {
        if (count > 0)
        {
            yield return new(
                "cursor-before-year-1",
                $"{Quantity.Format(count, "row")} {(count == 1 ? "has" : "have")} a time before the year 1 in \"{options.Cursor}\" and "
                    + $"{(count == 1 ? "is" : "are")} read only where all rows are (by a first load, after a reset, with "
                    + "\"fullPassEveryDays\"), so a change there is not seen; correct it"
            );
        }
    }

    private static IEnumerable<TableNotice> Stall(PostgresClock clock)
    {
        if (clock.OldestWriter < clock.Now - TooLong)
        {
            yield return new(
                "old-transaction",
                $"what was changed since {clock.OldestWriter.Value.UtcDateTime:u} waits, because a transaction that began then is still "
                    + "writing, or has read and may still write; find it with: "
                    + "select pid, usename, xact_start from pg_stat_activity where coalesce(backend_xid, backend_xmin) is not null order "
                    + "by xact_start (or in pg_prepared_xacts), and end it if it was forgotten"
            );
        }

        if (clock.Replica == ReplicaState.Behind && clock.Shown < clock.Now - TooLong)
        {
            yield return new(
                "replica-behind",
                $"this server is a replica that has not got beyond {clock.Shown.UtcDateTime:u}, and what was changed since then waits; see "
                    + "whether it still receives (pg_stat_wal_receiver) and replays (pg_wal_replay_resume())"
            );
        }
    }

    private IEnumerable<TableNotice> IndexAdvice()
    {
        if (shape.MissingIndex != Indexing.None)
        {
            var how = shape.MissingIndex == Indexing.WhileInUse ? "CREATE INDEX CONCURRENTLY" : "CREATE INDEX";
            var columns = string.Join(", ", [Relation.Quote(options.Cursor), .. shape.Ids.Select(id => id.Index)]);
            yield return new(
                "no-cursor-index",
                $"no index begins with \"{options.Cursor}\", so every page reads the whole table; create one: {how} ON "
                    + $"{options.Relation.Sql} ({columns})"
            );
        }
    }

    private static IEnumerable<TableNotice> WriterAdvice(PostgresClock clock)
    {
        const string Missed = "so one that takes longer than \"lagSeconds\" and \"lookbackMinutes\" together would be missed";
        if (clock.Replica != ReplicaState.None)
        {
            yield return new(
                "writers-unseen",
                $"this server is a replica, and transactions that are still writing on its primary cannot be seen, {Missed}; give them "
                    + "more time there, or read from the primary"
            );
        }
        else if (!clock.MayReadStats)
        {
            yield return new(
                "writers-unseen",
                $"transactions that are still writing cannot be seen, {Missed}; GRANT pg_read_all_stats TO {clock.User}");
        }

        if (clock.AllowsPrepared)
        {
            yield return new(
                "prepared-transactions",
                "this server allows PREPARE TRANSACTION (max_prepared_transactions), and what such a transaction stamped before it was "
                    + "prepared is only found within \"lagSeconds\" and \"lookbackMinutes\"; "
                + "let them cover the longest one");
        }

        if (clock.Idle > 0)
        {
            yield return new(
                "idle-transactions",
                $"{Quantity.Format(clock.Idle, "transaction")} {(clock.Idle == 1 ? "has" : "have")} been open for longer than "
                    + "\"lagSeconds\" and \"lookbackMinutes\" together and may still write rows that carry the time of "
                    + $"{(clock.Idle == 1 ? "its" : "their")} beginning, which would be missed; "
                + "limit them with idle_in_transaction_session_timeout, or raise \"lookbackMinutes\"");
        }
    }
}
