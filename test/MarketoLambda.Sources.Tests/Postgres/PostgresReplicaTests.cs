using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>
/// A replica that lags, is cut off from its primary, or has an idle one; read without lookback, so that nothing but the rule protects.
/// </summary>
public sealed class PostgresReplicaTests(PostgresFixture server) : IAsyncLifetime
{
    private static readonly string[] Table =
    [
        "create table product (id int primary key, changed timestamptz not null default now())",
        "create index on product (changed, id)",
    ];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => server.RepairReplicaAsync();

    [Theory]
    [InlineData("select pg_wal_replay_pause()")]
    [InlineData("alter system set primary_conninfo = ''")]
    public async Task What_a_replica_shows_later_than_lag_and_lookback_is_read_when_it_does(string stop)
    {
        // Given
        var (primary, replica) = await server.CreateReplicatedDatabaseAsync([.. Table, "insert into product values (1)"]);
        await replica.CatchUpAsync(primary);
        await replica.ExecuteAsync(stop, "select pg_reload_conf()", "select pg_sleep(0.5)");
        await primary.ExecuteAsync("insert into product values (2)", "select pg_sleep(2.1)");

        // When
        var early = await ReadAsync(replica);
        await server.RepairReplicaAsync();
        await replica.CatchUpAsync(primary);
        await primary.ExecuteAsync("select pg_sleep(1.1)");
        var late = await ReadAsync(replica, early.End);

        // Then
        Assert.Equal(["1"], early.Items.Ids());
        Assert.Contains("2", late.Items.Ids());
    }

    [Fact]
    public async Task Idle_primary_holds_up_nothing_and_what_was_read_is_not_read_again_until_something_is_committed()
    {
        // Given
        var (primary, replica) = await server.CreateReplicatedDatabaseAsync([.. Table, "insert into product values (1)"]);
        await replica.CatchUpAsync(primary);
        await primary.ExecuteAsync("select pg_sleep(3.1)");

        // When
        var first = await ReadAsync(replica, lag: 2);
        var second = await ReadAsync(replica, first.End, lag: 2);
        await primary.ExecuteAsync("insert into product values (2)");
        await replica.CatchUpAsync(primary);
        await primary.ExecuteAsync("select pg_sleep(3.1)");
        var third = await ReadAsync(replica, second.End, lag: 2);

        // Then
        Assert.Equal(["1"], first.Items.Ids());
        Assert.True(first.End.Mark <= await replica.AskAsync<DateTime>("select changed from product where id = 1"));
        Assert.Same(first.End, second.End);
        Assert.Equal(["1", "2"], third.Items.Ids());
    }

    [Fact]
    public async Task Pass_that_one_server_began_is_not_read_on_from_a_replica_that_shows_less()
    {
        // Given
        var (primary, replica) = await server.CreateReplicatedDatabaseAsync([
            .. Table,
            "insert into product select n, now() - interval '1 hour' from generate_series(1, 3) n",
        ]);
        await replica.CatchUpAsync(primary);
        await replica.ExecuteAsync("select pg_wal_replay_pause()");
        await primary.ExecuteAsync("insert into product values (4)", "select pg_sleep(1.1)");
        var onPrimary = await ReadAsync(primary, most: 2);

        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(replica, onPrimary.End));
        await replica.ExecuteAsync("select pg_wal_replay_resume()");
        await primary.ExecuteAsync("insert into product values (5)");
        await replica.CatchUpAsync(primary);
        var onReplica = await ReadAsync(replica, onPrimary.End);

        // Then
        Assert.StartsWith(
            "The server that answers now for the connection \"warehouse\" is a replica that has not replayed what this import counts on",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4"], onPrimary.Items.Concat(onReplica.Items).Ids().Except(["5"]));
    }

    [Fact]
    public async Task Replica_tells_that_it_sees_no_writers_and_that_transactions_can_be_prepared()
    {
        // Given
        var (primary, replica) = await server.CreateReplicatedDatabaseAsync([
            .. Table,
            "insert into product values (1, now() - interval '1 hour')",
        ]);
        await replica.CatchUpAsync(primary);

        // When
        var notices = (await ReadAsync(replica)).Items.OfType<SourceNotice>().ToList();

        // Then
        Assert.Equal(["writers-unseen", "prepared-transactions"], notices.Select(notice => notice.Code));
        Assert.Contains("this server is a replica", notices[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepared_transaction_is_waited_for()
    {
        // Given
        var (primary, _) = await server.CreateReplicatedDatabaseAsync([
            .. Table,
            "insert into product values (1, now() - interval '1 hour')",
        ]);
        await using var writer = await primary.OpenAsync();
        await writer.RunAsync("begin", "insert into product values (2)", "select pg_sleep(1.1)", "prepare transaction 'two phases'");
        await primary.ExecuteAsync("insert into product values (3)", "select pg_sleep(1.1)");

        // When
        // Only the moment it was prepared is known
        var source = primary.Source(options => options with { Passes = options.Passes with { Lookback = TimeSpan.FromMinutes(1) } });
        var early = await source.ReadAsync();
        await primary.ExecuteAsync("commit prepared 'two phases'", "select pg_sleep(1.1)");
        var late = await source.ReadAsync(early.End);

        // Then
        Assert.Equal(["1"], early.Items.Ids());
        Assert.Equal(["2", "3"], late.Items.Ids());
    }

    private static Task<(List<SourceItem> Items, List<Checkpoint> Positions, Checkpoint End, SourceProgress Progress)> ReadAsync(
        Database database,
        Checkpoint? from = null,
        int most = int.MaxValue,
        int lag = 0)
    {
        PassOptions passes = new() { Lag = TimeSpan.FromSeconds(lag), Lookback = TimeSpan.Zero };
        return database.Source(options => options with { Passes = passes }).ReadAsync(from, most);
    }
}
