using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Postgres;

/// <summary>Sees to it that every page of a pass comes from a server that shows at least what the pass counts on.</summary>
/// <remarks>
/// Behind one address there may be several servers: replicas that lag differently, or the primary one day and a replica the next. A pass
/// whose bounds one server gave must not be read from another that has not replayed so far.
/// </remarks>
internal sealed class PostgresHorizon(PostgresConnection connection)
{
    private const int MaxWaits = 40;

    // A replica shows everything whose commit it has replayed, in the order of the primary's log.
    private const string Behind = "select pg_is_in_recovery() and coalesce(pg_last_xact_replay_timestamp() < $1, true)";
    private const string Wait = "select pg_sleep(0.25)";

    /// <summary>Asked in the transaction that reads the page, before it reads.</summary>
    /// <exception cref="SourceException">The server does not catch up within ten seconds.</exception>
    public async Task WaitAsync(PostgresQuestions questions, DateTimeOffset? shown, CancellationToken cancellationToken)
    {
        for (var waits = 0; shown is { } instant && await IsBehindAsync(questions, instant, cancellationToken); waits++)
        {
            if (waits == MaxWaits)
            {
                throw new SourceException(
                    $"The server that answers now for the connection \"{connection.Name}\" is a replica that has not replayed what this "
                        + $"import counts on ({instant.UtcDateTime:u}), "
                        + "since another server answered before, or it was set back; name one server in the connection, or wait until it "
                        + "has caught up; "
                        + "what was imported before stands, and the next run goes on from there");
            }

            await questions.AskAsync(Wait, [], _ => 0, cancellationToken);
        }
    }

    private static async Task<bool> IsBehindAsync(
        PostgresQuestions questions,
        DateTimeOffset instant,
        CancellationToken cancellationToken
    ) => (await questions.AskAsync(Behind, [PostgresCatalog.Instant(instant)], row => row.GetBoolean(0), cancellationToken))[0];
}
