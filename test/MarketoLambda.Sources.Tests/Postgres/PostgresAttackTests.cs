using System.Collections.Concurrent;
using System.Globalization;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing.Simulation;
using Npgsql;

namespace MarketoLambda.Sources.Tests.Postgres;

/// <summary>
/// An attack from outside on a primary and its replica, on the real clock: people write, roll back, prepare and dawdle; the replica is
/// paused, cut off and repaired; runs read now here and now there, die anywhere and lose their connection. The oracle knows nothing but
/// what was committed and what was handed out.
/// </summary>
[Collection(TestsThatRunAlone.Name)]
public sealed class PostgresAttackTests(PostgresFixture server, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Writers = 4;

    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lookback = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, TimeSpan> _took = new();
    private readonly ConcurrentBag<Exception> _surprises = [];
    private int _versions;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => server.RepairReplicaAsync();

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Whatever_is_done_to_a_primary_and_its_replica_every_version_that_stays_is_handed_out_and_none_on_top_of_a_newer_one(
        int seed,
        bool usesPrimary)
    {
        // Given
        var (primary, replica) = await server.CreateReplicatedDatabaseAsync(
            "create table product (id int primary key, version int not null, changed timestamptz not null)",
            "create index on product (changed, id)");
        await replica.CatchUpAsync(primary);
        using CancellationTokenSource over = new(TimeSpan.FromSeconds(SimulationScale.IsFull ? 120 : 15), TimeProvider.System);
        List<(string Id, int Version)> handedOut = [];
        var (position, runs, refusals, random) = (Checkpoint.Start, 0, 0, new Random(seed));

        // When
        List<Task> others =
        [
            .. Enumerable.Range(0, Writers).Select(writer => WriteAsync(primary, writer, new Random((seed * 100) + writer), over.Token)),
            DisturbAsync(primary, replica, new Random(seed * 1000), over.Token),
        ];
        while (!over.IsCancellationRequested)
        {
            var from = usesPrimary && random.Next(3) == 0 ? primary : replica;
            (position, var refused) = await RunAsync(from, position, random.Next(4) == 0 ? random.Next(60) : int.MaxValue, handedOut);
            (runs, refusals) = (runs + 1, refusals + (refused ? 1 : 0));
        }

        await Task.WhenAll(others);
        await server.RepairReplicaAsync();
        await primary.ExecuteAsync("create table heartbeat ()");
        await replica.CatchUpAsync(primary);
        await primary.ExecuteAsync(
            $"select pg_sleep({(Lag.TotalSeconds + 1.1).ToString(CultureInfo.InvariantCulture)})",
            "create table last_heartbeat ()");
        await replica.CatchUpAsync(primary);
        for (var last = 0; last < 2; last++)
        {
            (position, var refused) = await RunAsync(replica, position, int.MaxValue, handedOut);
            Assert.False(refused);
        }

        // Then
        await using var open = await primary.OpenAsync();
        await using NpgsqlCommand all = new("select id::text, version from product", open);
        await using var rows = await all.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> findings = [];
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            var (id, version) = (rows.GetString(0), rows.GetInt32(1));
            var versions = handedOut.Where(row => row.Id == id).Select(row => row.Version).ToList();
            if (_took[Key(id, version)] < Lag + Lookback && !versions.Contains(version))
            {
                findings.Add($"version {version} of {id} is lost");
            }
            else if (versions.Count > 0 && versions[^1] != versions.Max())
            {
                findings.Add($"version {versions[^1]} of {id} came on top of {versions.Max()}");
            }
        }

        output.WriteLine($"{_took.Count} versions, {handedOut.Count} handed out, {runs} runs of which {refusals} failed, {position}");
        Assert.Empty(_surprises);
        Assert.Empty(findings);
        Assert.True(runs > 5 && _took.Count > 50, $"{runs} runs, {_took.Count} versions");
    }

    /// <summary>Keys of its own, so that nobody waits for anybody else and a key's stamps never go back.</summary>
    private async Task WriteAsync(Database database, int writer, Random random, CancellationToken over)
    {
        await using var open = await database.OpenAsync();
        while (!over.IsCancellationRequested)
        {
            var begun = TimeProvider.System.GetTimestamp();
            List<string> written = [];
            await open.RunAsync(random.Next(3) == 0 ? "begin isolation level repeatable read" : "begin", "select count(*) from product");
            for (var rows = random.Next(1, 6); rows > 0; rows--)
            {
                var (id, version) = ((random.Next(20) * Writers) + writer, Interlocked.Increment(ref _versions));
                await open.RunAsync(
                    $"insert into product values ({id}, {version}, now()) on conflict (id) do update set version = excluded.version, "
                        + "changed = excluded.changed",
                    random.Next(8) == 0 ? "select pg_sleep(0.8)" : "select 1");
                written.Add(Key(id.ToString(CultureInfo.InvariantCulture), version));
            }

            switch (random.Next(8))
            {
                case 0:
                    await open.RunAsync("rollback");
                    break;
                case 1:
                    await open.RunAsync(
                        $"prepare transaction 'writer {writer}'",
                        "select pg_sleep(0.5)",
                        $"commit prepared 'writer {writer}'");
                    break;
                default:
                    await open.RunAsync("commit");
                    break;
            }

            var took = TimeProvider.System.GetElapsedTime(begun);
            written.ForEach(key => _took[key] = took);
            await open.RunAsync($"select pg_sleep({(random.NextDouble() / 4).ToString(CultureInfo.InvariantCulture)})");
        }
    }

    private async Task DisturbAsync(Database primary, Database replica, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var database = random.Next(2) == 0 ? primary : replica;
            await (
                random.Next(5) switch
                {
                    0 or 1 => replica.ExecuteAsync("select pg_wal_replay_pause()", "select pg_sleep(3)"),
                    2 => replica.ExecuteAsync("alter system set primary_conninfo = ''", "select pg_reload_conf()", "select pg_sleep(3)"),
                    3 => database.ExecuteAsync(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'marketo-lambda'",
                        "select pg_sleep(0.3)"),
                    _ => server.RepairReplicaAsync().AsTask(),
                }
            );
        }
    }

    /// <summary>A run that dies behind that item; what came before is finished, in Marketo and in the state record.</summary>
    private async Task<(Checkpoint Position, bool IsRefused)> RunAsync(
        Database database,
        Checkpoint from,
        int most,
        List<(string Id, int Version)> handedOut)
    {
        var position = from;
        try
        {
            PassOptions passes = new() { Lag = Lag, Lookback = Lookback };
            await using var reader = await database
                .Source(options => options with { Passes = passes })
                .OpenAsync(new ReadRequest(from, ["id", "version"], 1000), TestContext.Current.CancellationToken);
            for (; most > 0 && await reader.ReadAsync(TestContext.Current.CancellationToken) is { } item; most--)
            {
                if (item is SourceRecord record)
                {
                    handedOut.Add(((string)record.Values[0]!, int.Parse((string)record.Values[1]!, CultureInfo.InvariantCulture)));
                }

                position = reader.Position;
            }

            return (reader.Position, false);
        }
        catch (SourceException)
        {
            return (position, true);
        }
#pragma warning disable CA1031 // anything else is a finding
        catch (Exception surprise) when (surprise is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _surprises.Add(surprise);
            return (position, true);
        }
    }

    private static string Key(string id, int version) => string.Create(CultureInfo.InvariantCulture, $"{id}/{version}");
}
