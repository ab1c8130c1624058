using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;
using Npgsql;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>
/// Rows that are committed later than they were stamped, read without lag and, where the server can tell, without lookback.
/// </summary>
public sealed class PostgresWriterTests(PostgresFixture server)
{
    private static readonly string[] Table =
    [
        "create table product (id int primary key, changed timestamptz not null default now())",
        "create index on product (changed)",
    ];

    [Theory]
    [InlineData("begin", "insert into product values (2)")]
    // It has read first, and stamps with the time it began.
    [InlineData("begin isolation level repeatable read", "select count(*) from product")]
    public async Task Transaction_that_writes_or_has_read_and_may_still_write_is_waited_for(string begin, string first)
    {
        // Given
        var database = await server.CreateDatabaseAsync([.. Table, "insert into product values (1, now() - interval '1 hour')"]);
        await using var writer = await database.OpenAsync();
        await writer.RunAsync(begin, first, "select pg_sleep(1.1)");
        await database.ExecuteAsync("insert into product values (3)", "select pg_sleep(1.1)");

        // When
        var early = await database.Source().ReadAsync();
        await writer.RunAsync("insert into product values (2) on conflict do nothing", "commit");
        var late = await database.Source().ReadAsync(early.End);

        // Then
        Assert.Equal(["1"], early.Items.Ids());
        Assert.Equal(["2", "3"], late.Items.Ids());
    }

    [Fact]
    public async Task Writer_that_began_before_the_next_pass_does_is_told_with_the_time_to_import_again()
    {
        // Given
        var database = await server.CreateDatabaseAsync([.. Table, "insert into product values (1)"]);
        await using var writer = await database.OpenAsync();
        await writer.RunAsync("begin", "select pg_sleep(2.1)", "savepoint here"); // a statement that holds no snapshot, so that it rests
        var before = await database.Source().ReadAsync();
        await writer.RunAsync("insert into product values (2)");

        // When
        var (items, _, end, _) = await database.Source().ReadAsync(before.End);
        await writer.RunAsync("commit");

        // Then
        Assert.Equal("late-writer", Assert.Single(items.OfType<SourceNotice>()).Code);
        Assert.Same(before.End, end);
    }

    [Fact]
    public async Task Transaction_that_has_been_open_for_longer_than_anything_is_waited_for_is_told_to_whoever_sets_up_a_job()
    {
        // Given
        var database = await server.CreateDatabaseAsync([.. Table, "insert into product values (1)"]);
        await using var sleeper = await database.OpenAsync();
        await sleeper.RunAsync("begin", "select 1", "savepoint here");
        await database.ExecuteAsync("select pg_sleep(1.1)");

        // When
        var (items, _, _, _) = await database.Source().ReadAsync();

        // Then
        Assert.Equal("idle-transactions", Assert.Single(items.OfType<SourceNotice>()).Code);
    }

    [Fact]
    public async Task Transaction_that_was_rolled_back_or_only_reads_holds_nothing_up()
    {
        // Given
        var database = await server.CreateDatabaseAsync([.. Table, "insert into product values (1)", "select pg_sleep(1.1)"]);
        await using var reader = await database.OpenAsync();
        await using var regretful = await database.OpenAsync();
        await reader.RunAsync("begin", "select count(*) from product");
        await regretful.RunAsync("begin", "insert into product values (2, '2000-01-01')", "rollback");

        // When
        var (items, _, _, _) = await database.Source().ReadAsync();

        // Then
        Assert.Equal(["1"], items.Ids());
    }

    [Fact]
    public async Task User_who_cannot_see_other_peoples_transactions_is_told_and_reads_all_the_same()
    {
        // Given
        var database = await server.CreateDatabaseAsync([
            .. Table,
            "insert into product values (1, now() - interval '1 hour')",
            $"do $$ begin create role {PostgresServer.Locked} login password '{PostgresServer.Password}'; exception when duplicate_object "
                + "then null; end $$",
            $"grant select on product to {PostgresServer.Locked}",
        ]);
        NpgsqlConnectionStringBuilder connection = new(database.Connection)
        {
            Username = PostgresServer.Locked,
            Password = PostgresServer.Password,
        };

        // When
        var (items, _, _, _) = await new Database(connection.ConnectionString).Source().ReadAsync();

        // Then
        Assert.Equal(["1"], items.Ids());
        Assert.Contains("GRANT pg_read_all_stats TO locked", Assert.Single(items.Notices()), StringComparison.Ordinal);
    }
}
