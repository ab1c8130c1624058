using MarketoLambda.Sync.Sources;
using Npgsql;
using static MarketoLambda.Sources.Postgres.PostgresCatalog;

namespace MarketoLambda.Sources.Postgres;

/// <summary>What a server says of its time, of what it shows, and of who may still write what is stamped before.</summary>
/// <param name="Now">Of the server.</param>
/// <param name="Shown">Everything committed until then is shown: its own time, or of a replica the last commit it has replayed, by its
/// primary's time.</param>
/// <param name="Replica">What kind of replica it is.</param>
internal sealed record PostgresClock(DateTimeOffset Now, DateTimeOffset Shown, ReplicaState Replica)
{
    // A statement of its own, before any that reads rows: whoever is over by then is seen by them. Whoever has read and not yet written
    // stamps rows with the time it began, so its snapshot counts like a write; pg_dump never writes, and nobody writes on a replica.
    private const string Question = """
        select now(),
               pg_is_in_recovery(),
               case when pg_is_in_recovery() then pg_last_xact_replay_timestamp() else now() end,
               pg_is_in_recovery() and (not exists (select 1 from pg_stat_wal_receiver)
                                        or pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()),
               pg_has_role('pg_read_all_stats', 'usage'),
               (select min(xact_start) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and backend_type <> all ('{autovacuum worker,walsender}')
                      and (backend_xid is not null or (backend_xmin is not null and application_name <> 'pg_dump'))
                      and not pg_is_in_recovery()),
               (select min(prepared) from pg_prepared_xacts where database = current_database()),
               (select count(*) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and backend_xid is null and backend_xmin is null
                      and xact_start < now() - $1 and not pg_is_in_recovery()),
               current_setting('max_prepared_transactions') <> '0',
               quote_ident(current_user)
        """;

    /// <summary>
    /// When the oldest running transaction began that has changed something, or has read and may still, as far as it can be seen.
    /// </summary>
    public DateTimeOffset? Writing { get; private init; }

    /// <summary>When the oldest transaction was prepared that waits for its second phase.</summary>
    public DateTimeOffset? Prepared { get; private init; }

    /// <summary>Transactions that have been open for longer than rows are waited for, and hold nothing yet.</summary>
    public long Idle { get; private init; }

    /// <summary>Transactions can be prepared, so that nobody sees when they began.</summary>
    public bool AllowsPrepared { get; private init; }

    /// <summary>Everybody's transactions can be seen.</summary>
    public bool SeesWriters => MayReadStats && Replica == ReplicaState.None;

    /// <summary>The user may see what others do.</summary>
    public bool MayReadStats { get; private init; }

    /// <summary>The user, as SQL writes it.</summary>
    public string User { get; private init; } = "";

    public DateTimeOffset? OldestWriter => Writing is null || Prepared < Writing ? Prepared : Writing;

    /// <param name="session">Asks.</param>
    /// <param name="patience">So long after its stamp a row is still found.</param>
    /// <param name="connection">For people.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It is a replica that does not tell how far it is.</exception>
    public static async Task<PostgresClock> ReadAsync(
        PostgresSession session,
        TimeSpan patience,
        PostgresConnection connection,
        CancellationToken cancellationToken
    ) =>
        (await session.AskAsync(Question, [Interval(patience)], Read, cancellationToken))[0]
        ?? throw new SourceException(
            $"The server of the connection \"{connection.Name}\" is a replica that does not tell how far it has got "
                + "(pg_last_xact_replay_timestamp() is empty), so nothing is read: "
                + "either nothing was committed since it was started, or it is of a kind that never tells (Aurora); read from the primary "
                + "server, there the writer's endpoint"
        );

    private static PostgresClock? Read(NpgsqlDataReader row) => OptionalInstant(row, 2) is not { } shown ? null : new PostgresClock(
        Instant(row, 0),
        shown,
        !row.GetBoolean(1) ? ReplicaState.None : row.GetBoolean(3) ? ReplicaState.Behind : ReplicaState.Even)
    {
        MayReadStats = row.GetBoolean(4),
        Writing = OptionalInstant(row, 5),
        Prepared = OptionalInstant(row, 6),
        Idle = row.GetInt64(7),
        AllowsPrepared = row.GetBoolean(8),
        User = row.GetString(9),
    };

    private static DateTimeOffset Instant(NpgsqlDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);

    private static DateTimeOffset? OptionalInstant(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Instant(row, column);
}

/// <summary>Whether a server is a replica, and whether it is known to lag.</summary>
internal enum ReplicaState
{
    /// <summary>It is a primary.</summary>
    None,

    /// <summary>It has replayed all that it received, which may be less than there is.</summary>
    Even,

    /// <summary>It has received more than it has replayed, or receives nothing.</summary>
    Behind,
}
