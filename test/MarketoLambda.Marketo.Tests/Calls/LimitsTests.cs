using CsCheck;
using MarketoLambda.Marketo.Limits;

namespace MarketoLambda.Marketo.Tests.Calls;

/// <summary>Marketo's limits, counted where Marketo counts them: at the server.</summary>
public sealed class LimitsTests
{
    private static readonly Gen<(int Window, int InFlight, int Calls, int Seed, int Shape)> Loads =
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 10], Gen.Int[1, 150], Gen.Int, Gen.Int[0, 3]);

    [Fact]
    public void No_latency_squeezes_more_calls_into_20_seconds_or_at_once_than_allowed() => Loads.Sample(
        load =>
        {
            // Given
            var server = new CountingServer();
            using var client = new MarketoUnderTest(
                options => (options.CallsPer20Seconds, options.CallsInFlight) = (load.Window, load.InFlight),
                time => new LatentHandler(server, time, Latencies(load.Seed, load.Shape)));

            // When
            client.Time.Run(() => Task.WhenAll(Enumerable.Range(0, load.Calls).Select(_ => client.QueryAsync())));

            // Then
            Assert.Equal(load.Calls, server.Arrivals.Count);
            Assert.InRange(server.MaxInAnyWindow(TimeSpan.FromSeconds(20)), 1, load.Window);
            Assert.InRange(server.MaxAtOnce, 1, load.InFlight);
        },
        iter: 300, threads: 1);

    [Fact]
    public void Throughput_is_the_allowed_one_when_marketo_is_quick()
    {
        // Given
        var server = new CountingServer();
        using var client = new MarketoUnderTest(
            options => (options.CallsPer20Seconds, options.CallsInFlight) = (50, 5),
            time => new LatentHandler(server, time, () => (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50))));

        // When
        client.Time.Run(() => Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => client.QueryAsync())));

        // Then
        var callsPer20Seconds = 1000 / (client.Time.Elapsed / TimeSpan.FromSeconds(20));
        Assert.InRange(callsPer20Seconds, 49, 53); // The first window is free at once.
        Assert.Equal(50, server.MaxInAnyWindow(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Callers_are_served_in_the_order_they_came()
    {
        // Given
        using var client = new MarketoUnderTest(options => (options.CallsPer20Seconds, options.CallsInFlight) = (3, 2));
        var values = Enumerable.Range(0, 20).Select(number => $"value-{number:00}").ToList();

        // When
        client.Time.Run(() => Task.WhenAll(values.Select(value => client.QueryAsync(value))));

        // Then
        Assert.Equal(values, client.Marketo.Calls.Select(call => call.Url[call.Url.IndexOf("value-", StringComparison.Ordinal)..][..8]));
    }

    [Fact]
    public void Rate_limit_exceeded_stops_all_senders_for_10_to_20_seconds()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError("606");

        // When
        client.Time.Run(() => Task.WhenAll(client.QueryAsync("first"), client.QueryAsync("second")));

        // Then
        Assert.Equal(3, client.Marketo.Calls.Count);
        Assert.All(client.Marketo.Calls.Skip(1), call => Assert.InRange((call.At - client.Marketo.Calls[0].At).TotalSeconds, 10, 20.001));
    }

    [Fact]
    public void Concurrent_limit_reached_delays_only_the_call_it_hit()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError("615");

        // When
        client.Time.Run(() => Task.WhenAll(client.QueryAsync("first"), client.QueryAsync("second")));

        // Then
        Assert.Equal(client.Marketo.Calls[0].At, client.Marketo.Calls[1].At);
        Assert.InRange((client.Marketo.Calls[2].At - client.Marketo.Calls[0].At).TotalSeconds, 0.5, 2.001);
    }

    [Fact]
    public void Other_integrations_that_rush_for_minutes_do_not_fail_a_call()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Otherwise = (call, _) =>
            Task.FromResult(
                ScriptedMarketo.Json(
                    client.Time.Elapsed < TimeSpan.FromMinutes(8)
                        ? ScriptedMarketo.ErrorJson(client.Marketo.Calls.Count % 2 == 0 ? "606" : "615")
                        : Some.Created()));

        // When
        client.Run(() => client.SyncAsync());

        // Then
        Assert.InRange(client.Time.Elapsed.TotalMinutes, 8, 8.5);
    }

    [Fact]
    public void No_latency_and_no_refusal_squeezes_more_calls_into_20_seconds_or_at_once_than_allowed() =>
        Loads.Sample(
            load =>
            {
                // Given: a tenth of the calls is refused as too many
                var server = new CountingServer();
                var random = new Random(load.Seed);
                using var client = new MarketoUnderTest(
                    options => (options.CallsPer20Seconds, options.CallsInFlight) = (load.Window, load.InFlight),
                    time => new LatentHandler(
                        server,
                        time,
                        Latencies(load.Seed, load.Shape),
                        () =>
                            random.Next(20) switch
                            {
                                0 => ScriptedMarketo.ErrorJson("606"),
                                1 => ScriptedMarketo.ErrorJson("615"),
                                _ => Some.Empty,
                            }
                    ));

                // When
                client.Time.Run(() => Task.WhenAll(Enumerable.Range(0, load.Calls).Select(_ => client.QueryAsync())));

                // Then
                Assert.InRange(server.Arrivals.Count, load.Calls, (load.Calls * 2) + 10); // few calls may be refused several times each
                Assert.InRange(server.MaxInAnyWindow(TimeSpan.FromSeconds(20)), 1, load.Window);
                Assert.InRange(server.MaxAtOnce, 1, load.InFlight);
            },
        iter: 200, threads: 1);

    [Fact]
    public void Who_gives_up_waiting_leaves_no_gap_in_line()
    {
        // Given
        using var client = new MarketoUnderTest(options => (options.CallsPer20Seconds, options.CallsInFlight) = (1, 10));
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(5), client.Time);
        client.Marketo.Otherwise = (_, _) => Task.FromResult(ScriptedMarketo.Json(Some.Created()));

        // When
        client.Time.Run(async () =>
        {
            var first = client.SyncAsync();
            var impatient = client.SyncAsync(cancellationToken: cancellation.Token);
            var patient = client.SyncAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
            await Task.WhenAll(first, patient);
        });

        // Then
        Assert.Equal(2, client.Marketo.Calls.Count);
        Assert.Equal(TimeSpan.FromSeconds(20), client.Time.Elapsed);
    }

    [Fact]
    public async Task Slots_and_window_keep_count_under_many_threads()
    {
        // Given
        using var client = new MarketoUnderTest(options => (options.CallsPer20Seconds, options.CallsInFlight) = (100, 3));
        var slots = client.Get<InFlightSlots>();
        var inside = 0;
        var most = 0;

        // When
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                await slots.EnterAsync(CancellationToken.None);
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                slots.Leave();
            }
        })));

        // Then
        Assert.Equal(0, inside);
        Assert.InRange(most, 1, 3);
        Assert.True(slots.EnterAsync(CancellationToken.None).IsCompleted);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    /// <summary>Ways there and back: none, alike, short and long by turns, or anything up to 25 s.</summary>
    private static Func<(TimeSpan There, TimeSpan Back)> Latencies(int seed, int shape)
    {
        var random = new Random(seed);
        return () => shape switch
        {
            0 => (TimeSpan.Zero, TimeSpan.Zero),
            1 => (TimeSpan.FromMilliseconds(random.Next(200)), TimeSpan.FromMilliseconds(random.Next(200))),
            2 => random.Next(2) == 0 ? (TimeSpan.FromSeconds(14), TimeSpan.Zero) : (TimeSpan.Zero, TimeSpan.FromSeconds(14)),
            _ => (TimeSpan.FromTicks(random.NextInt64(125_000_000)), TimeSpan.FromTicks(random.NextInt64(125_000_000))),
        };
    }
}
