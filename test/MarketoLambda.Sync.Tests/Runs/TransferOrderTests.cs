using CsCheck;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>Promise P3: the last version of a key in source order is the one that stays.</summary>
public sealed class TransferOrderTests
{
    [Fact]
    public void Whatever_the_latencies_and_repeats_each_key_ends_with_its_last_version() =>
        Gen.Select(Gen.Int[0, 40].Array[1, 1500], Gen.Int[0, 10_000]).Sample(
            (keys, seed) =>
            {
                // Given: few keys, many versions, some of which leave the value as it is, answers in any order
                var scenario = new SyncScenario(marketo: options => options.Seed = seed).Initialized().WithLatency(TimeSpan.FromSeconds(5));
                Dictionary<string, string?> last = [];
                for (var version = 0; version < keys.Length; version++)
                {
                    var (key, value) = ($"key-{keys[version]}", version % 4 == 3 ? "" : $"{version}");
                    scenario.Source.Add(key, value);
                    last[key] = value.Length > 0 ? value : last.GetValueOrDefault(key);
                }

                // When
                var report = scenario.Run();

                // Then
                Assert.Equal(RunOutcome.Succeeded, report.Outcome);
                Assert.Equal(
                    last,
                    scenario.Marketo.Records(SyncScenario.Product).ToDictionary(record => record.Key, record => record["amount"]));
                Assert.Equal(keys.Length, report.Accepted + report.Superseded);
            },
                iter: 60);

    [Fact]
    public void Whatever_the_casing_of_keys_the_last_version_stays_where_marketo_tells_casings_apart_and_where_it_does_not() =>
        Gen.Select(Gen.Int[0, 15].Array[1, 600], Gen.Int[0, 10_000], Gen.Bool, Gen.Bool)
            .Sample(
                (keys, seed, isOneKey, hasOtherKeys) =>
                {
                    // Given: few keys in two casings, many versions, some of which leave the value as it is
                    var scenario = new SyncScenario(marketo: options =>
                        (options.Seed, options.Quirks.KeyValuesIgnoreCase) = (seed, isOneKey)
                    ).Initialized();
                    scenario.WithLatency(TimeSpan.FromSeconds(5));
                    Dictionary<string, string?> last = new(isOneKey ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
                    for (var version = 0; version < keys.Length; version++)
                    {
                        var letters = hasOtherKeys && keys[version] > 13 ? "kéy" : "key";
                        var (key, value) = (
                            $"{(keys[version] % 2 == 0 ? letters : letters.ToUpperInvariant())}-{keys[version] / 2}",
                            version % 9 == 8 ? "" : $"{version}");
                        scenario.Source.Add(key, value);
                        last[key] = value.Length > 0 ? value : last.GetValueOrDefault(key);
                    }

                    // When
                    var report = scenario.Run();

                    // Then
                    Assert.Equal(RunOutcome.Succeeded, report.Outcome);
                    var held = scenario
                        .Marketo.Records(SyncScenario.Product)
                        .ToDictionary(record => record.Key, record => record["amount"], last.Comparer);
                    Assert.Equal(
                        last.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value),
                        last.Keys.Order(StringComparer.Ordinal).Select(key => held[key]));
                    Assert.Equal(last.Count, held.Count);
                    Assert.Equal(keys.Length, report.Accepted + report.Superseded);
                },
                iter: 60);

    [Theory]
    [InlineData(true, 9)]
    [InlineData(false, 10)]
    public void Keys_whose_casing_alternates_hold_up_the_first_calls_only_issue_10_B9(bool isOneKey, int mostCalls)
    {
        // Given
        var scenario = new SyncScenario(marketo: options => options.Quirks.KeyValuesIgnoreCase = isOneKey).Initialized();
        for (var row = 0; row < 6000; row++)
        {
            scenario.Source.Add(row / 30 % 2 == 0 ? $"key-{row % 30}" : $"Key-{row % 30}", $"{row}");
        }

        // When
        var report = scenario.Run();

        // Then
        Assert.Null(report.Error);
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.InRange(
            scenario.Marketo.Calls.Newest.Count(call => call.Kind == CallKind.Sync && call.ObjectName == SyncScenario.Product),
            6,
            mostCalls);
        Assert.Equal(isOneKey ? 30 : 60, scenario.Marketo.Records(SyncScenario.Product).Count);
    }

    [Fact]
    public void A_key_is_in_at_most_one_call_at_a_time_even_if_only_its_casing_differs()
    {
        // Given: two batches that would otherwise leave together
        var scenario = new SyncScenario(marketo: options => options.Latency = TimeSpan.FromSeconds(10)).Initialized();
        scenario.Source.Add("Alpha", "1").Add(299).Add("ALPHA ", "2").Add("beta", "3");

        // When
        scenario.Run();

        // Then
        var calls = scenario
            .Marketo.Calls.Newest.Where(call => call.Kind == CallKind.Sync && call.ObjectName == SyncScenario.Product)
            .ToList();
        Assert.Equal(2, calls.Count);
        Assert.True(calls[1].ArrivedAt >= calls[0].CompletedAt);
    }

    [Fact]
    public void A_record_changed_while_its_batch_is_in_flight_is_sent_after_the_answer()
    {
        // Given: the first call is slow, the change stands right behind it
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add("alpha", "1").Add(299).Add("alpha", "2");
        scenario.Marketo.Faults.On(CallKind.Sync, Fault.Slow(TimeSpan.FromSeconds(60)), objectName: SyncScenario.Product);

        // When
        scenario.Run();

        // Then
        Assert.Equal(["1", "2"], scenario.Marketo.Sent(SyncScenario.Product, "alpha").Select(write => write.Record["amount"]));
    }

    [Fact]
    public void A_call_whose_reply_was_lost_is_not_repeated_while_marketo_may_still_be_at_it()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add("alpha", "1").Add(299).Add("alpha", "2");
        scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.BrokenConnection().TakesEffectAfter(TimeSpan.FromSeconds(100)),
            objectName: SyncScenario.Product);

        // When
        var report = scenario.Run();

        // Then: the late effect of the first try comes before the second try, and the change last
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal(["1", "1", "2"], scenario.Marketo.Sent(SyncScenario.Product, "alpha").Select(write => write.Record["amount"]));
        Assert.True(scenario.Time.Elapsed >= TimeSpan.FromSeconds(120));
    }

    [Fact]
    public void However_keys_collide_a_run_that_is_cut_off_makes_headway()
    {
        // Given: every key differs from the one before only in casing, of letters whose casing Marketo may or may not know, and calls are
        // slow
        SyncScenario scenario = new SyncScenario().Initialized();
        scenario.Source.Add(
            Enumerable
                .Range(0, 400)
                .Select(number => new ListSource.ListRow(
                    number % 2 == 0 ? "clé" : "CLÉ",
                    number.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        scenario.Marketo.Options.LatencyOf = (kind, _) => TimeSpan.FromSeconds(kind == CallKind.Sync ? 15 : 0);

        // When
        var report = scenario.Run(limit: TimeSpan.FromMinutes(5));

        // Then
        Assert.Equal(RunOutcome.Continued, report.Outcome);
        Assert.InRange(ListSource.RowsBelow(scenario.State().Checkpoint.Resume), 1, 399);
    }
}
