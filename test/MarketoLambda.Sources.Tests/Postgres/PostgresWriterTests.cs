using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Testing;
using Npgsql;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>Rows that are committed later than they were stamped, read without lag and, where the server can tell, without lookback.</summary>
public sealed class PostgresWriterTests(PostgresFixture server)
{
    private static readonly string[] Table =
    [
        "create table product (id int primary key, changed timestamptz not null default now())",
        "create index on product (changed)",
    ];

    [Theory]
    [InlineData("commit", 0)]
    [InlineData("prepare transaction 'two phases'", 1)] // the server only knows when it was prepared, so what it stamped before needs the lookback
    public async Task Transaction_that_is_still_writing_is_waited_for(string end, int lookbackMinutes)
    {
        // Given
        var database = await server.CreateDatabaseAsync([.. Table, "insert into product values (1, now() - interval '1 hour')"]);
        await using var writer = await database.OpenAsync();
        await RunAsync(writer, "begin", "insert into product values (2)", "select pg_sleep(1.1)");
        await database.ExecuteAsync("insert into product values (3)", "select pg_sleep(1.1)");

        // When
        var source = database.Source(options => options with { Passes = options.Passes with { Lookback = TimeSpan.FromMinutes(lookbackMinutes) } });
        var early = await source.ReadAsync();
        await RunAsync(writer, end);
        var between = await source.ReadAsync(early.End);
        if (end != "commit")
        {
            await database.ExecuteAsync("commit prepared 'two phases'", "select pg_sleep(1.1)");
        }

        var late = await source.ReadAsync(between.End);

        // Then
        Assert.Equal(["1"], early.Items.Ids());
        Assert.Equal(["2", "3"], between.Items.Concat(late.Items).Ids().Distinct().Order());
    }

    [Fact]
    public async Task Transaction_that_was_rolled_back_or_only_reads_holds_nothing_up()
    {
        // Given
        var database = await server.CreateDatabaseAsync([.. Table, "insert into product values (1)", "select pg_sleep(1.1)"]);
        await using var reader = await database.OpenAsync();
        await using var regretful = await database.OpenAsync();
        await RunAsync(reader, "begin", "select count(*) from product");
        await RunAsync(regretful, "begin", "insert into product values (2, '2000-01-01')", "rollback");

        // When
        var (items, _, _, _) = await database.Source().ReadAsync();

        // Then
        Assert.Equal(["1"], items.Ids());
    }

    [Fact]
    public async Task User_who_cannot_see_other_peoples_transactions_is_told_and_reads_all_the_same()
    {
        // Given
        var database = await server.CreateDatabaseAsync([.. Table, "insert into product values (1, now() - interval '1 hour')", $"do $$ begin create role {PostgresServer.Locked} login password '{PostgresServer.Password}'; exception when duplicate_object then null; end $$", $"grant select on product to {PostgresServer.Locked}"]);
        NpgsqlConnectionStringBuilder connection = new(database.Connection) { Username = PostgresServer.Locked, Password = PostgresServer.Password };

        // When
        var (items, _, _, _) = await new Database(connection.ConnectionString).Source().ReadAsync();

        // Then
        Assert.Equal(["1"], items.Ids());
        Assert.Contains("GRANT pg_read_all_stats", Assert.Single(items.Notices()), StringComparison.Ordinal);
    }

    private static async Task RunAsync(NpgsqlConnection connection, params string[] statements)
    {
        foreach (var statement in statements)
        {
            await using NpgsqlCommand command = new(statement, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
