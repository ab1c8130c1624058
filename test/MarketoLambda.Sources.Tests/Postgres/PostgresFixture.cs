using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Tests.Postgres;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>One server for all tests, started by the first that needs it.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer?>> _server = new(PostgresServer.StartAsync);
    private readonly Lazy<Task<PostgresServer?>> _pair = new(PostgresServer.StartWithReplicaAsync);

    /// <summary>A database of the test's own. Skips the test where there is no server.</summary>
    internal async Task<Database> CreateDatabaseAsync(params string[] statements)
    {
        var server = await _server.Value;
        Assert.SkipWhen(server is null, PostgresServer.Missing);
        Database database = new(await server.CreateDatabaseAsync());
        await database.ExecuteAsync(statements);
        return database;
    }

    /// <summary>
    /// The same on a server that has a replica and allows prepared transactions. What a test does to the replica, all its databases feel.
    /// </summary>
    internal async Task<(Database Primary, Database Replica)> CreateReplicatedDatabaseAsync(params string[] statements)
    {
        var server = await _pair.Value;
        Assert.SkipWhen(server is null, PostgresServer.Missing);
        Database primary = new(await server.CreateDatabaseAsync());
        await primary.ExecuteAsync(statements);
        return (primary, new(server.OnReplica(primary.Connection)));
    }

    /// <summary>Whatever a test did to the replica: it receives and replays again.</summary>
    public async ValueTask RepairReplicaAsync()
    {
        if (_pair.IsValueCreated && await _pair.Value is { } server)
        {
            Database replica = new(server.OnReplica(server.Connection("postgres")));
            await replica.ExecuteAsync(
                $"alter system set primary_conninfo = '{server.ForReplica}'",
                "select pg_reload_conf()",
                "select pg_wal_replay_resume()");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in new[] { _server, _pair }.Where(started => started.IsValueCreated))
        {
            if (await started.Value is { } server)
            {
                await server.DisposeAsync();
            }
        }
    }
}

/// <summary>A database, and jobs that read it.</summary>
internal sealed class Database(string connection)
{
    public string Connection => connection;

    public async Task ExecuteAsync(params string[] statements)
    {
        await using var open = await OpenAsync();
        foreach (var statement in statements)
        {
            await using NpgsqlCommand command = new(statement, open);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until this replica has replayed all that was written.</summary>
    public async Task CatchUpAsync(Database primary)
    {
        // Its own database may not be there yet
        Database everywhere = new(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres" }.ConnectionString);
        var written = await primary.AskAsync<string>("select pg_current_wal_insert_lsn()::text");
        while (!await everywhere.AskAsync<bool>($"select pg_last_wal_replay_lsn() >= '{written}'"))
        {
            await everywhere.ExecuteAsync("select pg_sleep(0.05)");
        }
    }

    public async Task<T> AskAsync<T>(string question)
    {
        await using var open = await OpenAsync();
        await using NpgsqlCommand command = new(question, open);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>A connection of somebody else's, for transactions that stay open.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        NpgsqlConnection open = new(connection);
        await open.OpenAsync(TestContext.Current.CancellationToken);
        return open;
    }

    /// <summary>A job that reads <c>product</c> by <c>changed</c> and <c>id</c>, without lag and lookback unless told otherwise.</summary>
    public PostgresSource Source(Func<PostgresOptions, PostgresOptions>? change = null)
    {
        PostgresOptions options = new()
        {
            Connection = new PostgresConnection("warehouse", connection),
            Relation = Relation.OfTable("product"),
            Cursor = "changed",
            Ids = ["id"],
            Passes = new PassOptions { Lag = TimeSpan.Zero, Lookback = TimeSpan.Zero },
        };
        return new PostgresSource(change?.Invoke(options) ?? options);
    }

    public Task<SourceException> RefusalAsync(Func<PostgresOptions, PostgresOptions>? change = null, params string[] columns) =>
        Assert.ThrowsAsync<SourceException>(async () =>
        {
            await using var reader = await Source(change)
                .OpenAsync(
                    new ReadRequest(Checkpoint.Start, columns.Length == 0 ? ["id"] : columns, 1000),
                    TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken) is not null)
            {
                // to the end
            }
        });
}

/// <summary>Short ways to do something on a connection that stays open.</summary>
internal static class OpenConnections
{
    public static async Task RunAsync(this NpgsqlConnection connection, params string[] statements)
    {
        foreach (var statement in statements)
        {
            await using NpgsqlCommand command = new(statement, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
