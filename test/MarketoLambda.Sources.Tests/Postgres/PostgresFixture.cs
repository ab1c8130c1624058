using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Tests.Postgres;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>One server for all tests, started by the first that needs it.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer?>> _server = new(PostgresServer.StartAsync);

    /// <summary>A database of the test's own. Skips the test where there is no server.</summary>
    internal async Task<Database> CreateDatabaseAsync(params string[] statements)
    {
        var server = await _server.Value;
        Assert.SkipWhen(server is null, PostgresServer.Missing);
        Database database = new(await server.CreateDatabaseAsync());
        await database.ExecuteAsync(statements);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && await _server.Value is { } server)
        {
            await server.DisposeAsync();
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
            await using var reader = await Source(change).OpenAsync(new ReadRequest(Sync.State.Checkpoint.Start, columns.Length == 0 ? ["id"] : columns, 1000), TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken) is not null)
            {
                // to the end
            }
        });
}
