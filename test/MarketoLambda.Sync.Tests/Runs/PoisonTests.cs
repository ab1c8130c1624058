using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>
/// A record for which Marketo refuses whole calls is found and rejected, the others go through; an outage rejects nobody.
/// </summary>
public sealed class PoisonTests(ITestOutputHelper output)
{
    private readonly SyncScenario _scenario = new SyncScenario().Initialized();
    private readonly List<IReadOnlyList<string>> _calls = [];

    /// <summary>A code, how many records have it, how many calls more they may cost, and a seed.</summary>
    public static TheoryData<string, int, int, int> Several { get; } =
        new(
            [
                .. Seeds("609", poisons: 1, maxCalls: 18),
                .. Seeds("609", poisons: 2, maxCalls: 34),
                .. Seeds("609", poisons: 5, maxCalls: 72),
                .. Seeds("611", poisons: 1, maxCalls: 41),
                .. Seeds("611", poisons: 2, maxCalls: 59),
                .. Seeds("500", poisons: 5, maxCalls: 115),
            ]);

    [Theory]
    [InlineData("609")]
    [InlineData("701")]
    [InlineData("704")]
    [InlineData("1003")]
    [InlineData("HTTP 413")]
    public void One_poison_in_300_costs_at_most_18_calls_more_wherever_it_stands(string code)
    {
        // Given
        var places = Enumerable.Range(0, 300).Where(place => code == "609" || place % 97 == 0);

        // When
        var most = places.Max(place => CallsToFind(code, place));

        // Then
        output.WriteLine($"{code}: at most {most} calls more");
        Assert.InRange(most, 16, 18);
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void Several_poisons_are_all_found(string code, int poisons, int maxCalls, int seed)
    {
        // Given: anywhere, and side by side; nothing else goes on meanwhile
        var random = new Random(seed);
        var first = random.Next(300 - poisons);
        HashSet<string> keys = [.. Enumerable.Range(0, poisons).Select(number => Key(seed < 3 ? first + number : random.Next(300)))];
        _scenario.Source.Add(300);
        Poison(_scenario, code, [.. keys]);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 300L - keys.Count, (long)keys.Count), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Equal(keys.Order(), _scenario.Rejects.Stored.Select(reject => reject.Key).Order());
        Assert.Equal(300 - keys.Count, _scenario.Marketo.Count(SyncScenario.Product));
        Assert.DoesNotContain(_scenario.Log.Lines, line => line.Contains("jane", StringComparison.Ordinal));
        Assert.InRange(_calls.Count - 1, 1, maxCalls);
        output.WriteLine($"{code}, {keys.Count} poisons: {_calls.Count - 1} calls more, {_scenario.Time.Elapsed.TotalMinutes:F0} min");
    }

    [Fact]
    public void An_outage_with_the_code_of_a_poison_burns_few_calls_and_rejects_nobody()
    {
        // Given: five calls at once meet an outage
        _scenario.Source.Add(6000);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(1);
        Poison(_scenario, "611", _ => true);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Contains("System error (611)", report.Error, StringComparison.Ordinal);
        Assert.Empty(_scenario.Rejects.Stored);
        Assert.InRange(_calls.Count, 5, 50);
        output.WriteLine($"{_calls.Count} calls, {_scenario.Time.Elapsed.TotalMinutes:F0} min");
    }

    [Fact]
    public void An_outage_that_begins_when_the_poison_is_nearly_found_rejects_nobody()
    {
        // Given: shortly before the record alone has failed for good, everything begins to fail
        _scenario.Source.Add(300);
        Poison(_scenario, "611", key => key == Key(7) || _scenario.Time.Elapsed > TimeSpan.FromMinutes(10.5));

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L), (report.Outcome, report.Rejected));
        Assert.Empty(_scenario.Rejects.Stored);
    }

    [Fact]
    public void A_record_that_is_alone_in_the_run_is_not_blamed_for_an_unclear_failure()
    {
        // Given
        _scenario.Source.Add(1);
        Poison(_scenario, "611", Key(0));

        // When / Then
        Assert.Equal((RunOutcome.Failed, 0L), (_scenario.Run().Outcome, _scenario.Run().Rejected));
    }

    [Fact]
    public void A_refusal_of_every_call_is_no_matter_of_records()
    {
        // Given
        _scenario.Source.Add(1200);
        Poison(_scenario, "609", _ => true);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L), (report.Outcome, report.Rejected));
        Assert.InRange(_calls.Count, 20, 30);
        Assert.Empty(_scenario.Rejects.Stored);
    }

    [Fact]
    public void A_poison_with_an_unclear_code_is_found_in_the_time_that_a_function_has()
    {
        // Given
        _scenario.Source.Add(300);
        Poison(_scenario, "611", Key(7));

        // When
        var report = _scenario.Run(limit: TimeSpan.FromMinutes(15));

        // Then
        Assert.Equal((RunOutcome.Succeeded, 299L, 1L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.InRange(_scenario.Time.Elapsed, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(14));
    }

    [Fact]
    public void A_search_for_which_there_is_no_time_is_not_begun()
    {
        // Given
        _scenario.Source.Add(300);
        Poison(_scenario, "611", Key(7));

        // When
        var report = _scenario.Run(limit: TimeSpan.FromMinutes(10));

        // Then: told as a failure, not as a run that goes on for ever
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.Equal(4, _calls.Count);
    }

    [Fact]
    public void Parts_leave_only_when_the_unclear_call_must_be_over_and_the_order_of_versions_holds()
    {
        // Given: the refused calls are executed after all, as late as possible; a later version of two keys stands behind
        _scenario.Source.Add(300).Add(Key(7), "2").Add(Key(200), "2");
        var late = Fault.Code("611").TakesEffectAfter(TimeSpan.FromSeconds(115));
        _scenario.Marketo.Faults.On(CallKind.Sync, late, times: 5, objectName: SyncScenario.Product);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(2);

        // When
        var report = _scenario.Run();
        _scenario.Time.Advance(TimeSpan.FromMinutes(5));

        // Then: 4 tries, and the first part fails once more
        Assert.Equal((RunOutcome.Succeeded, 302L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Equal("2", Assert.Single(_scenario.Marketo.Find(SyncScenario.Product, Key(7)))["amount"]);
        Assert.Equal(["1", "2"], _scenario.Marketo.Sent(SyncScenario.Product, Key(200)).Select(write => write.Record["amount"]).Distinct());
        Assert.Equal("2", _scenario.Marketo.Sent(SyncScenario.Product, Key(200))[^1].Record["amount"]);
        Assert.Single(_scenario.Marketo.Sent(SyncScenario.Product, Key(200)), write => write.Record["amount"] == "2");
    }

    [Fact]
    public void The_position_waits_for_all_parts_of_a_batch()
    {
        // Given: the second of three batches holds a poison, and the run fails before it is found
        _scenario.Source.Add(900);
        Poison(_scenario, "609", Key(450));
        _scenario.Rejects.Failure = new IOException("No space left on device");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 300L), (report.Outcome, report.Accepted));
        Assert.Equal("{\"rows\":300}", _scenario.State().Checkpoint.Resume);
    }

    [Fact]
    public void A_later_version_of_a_key_waits_until_the_search_is_over()
    {
        // Given
        _scenario.Source.Add(300).Add(Key(299), "2");
        Poison(_scenario, "609", Key(0));
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(1);

        // When
        _scenario.Run();

        // Then
        Assert.Equal(["1", "2"], _scenario.Marketo.Sent(SyncScenario.Product, Key(299)).Select(write => write.Record["amount"]));
        Assert.Equal([Key(299)], _calls[^1]);
    }

    [Fact]
    public void A_record_that_marketo_takes_for_another_one_of_its_call_is_sent_behind_it()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.SkipRecords("1036", message: null, Key(3), Key(5)),
            objectName: SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((10L, 0L), (report.Accepted, report.Rejected));
        Assert.Equal(10, _scenario.Marketo.Count(SyncScenario.Product));
        Assert.Equal(
            [10, 1, 1],
            _scenario
                .Marketo.Calls.Newest.Where(call => call.Kind == CallKind.Sync && call.ObjectName == SyncScenario.Product)
                .Select(call => call.Records));
    }

    [Theory]
    [InlineData("1006")]
    [InlineData("1026")]
    [InlineData("610")]
    public void What_is_wrong_with_the_job_stops_the_run_and_rejects_nobody(string code)
    {
        // Given: the field was deleted while the run went on
        _scenario.Source.Add(300);
        _scenario.Marketo.Faults.Always(CallKind.Sync, Fault.SkipRecords(code), SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Empty(_scenario.Rejects.Stored);
        Assert.Null(_scenario.State().Checkpoint.Resume);
        Assert.Contains($"({code})", report.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("603")]
    [InlineData("610")]
    [InlineData("612")]
    [InlineData("616")]
    [InlineData("703")]
    [InlineData("1006")]
    [InlineData("1026")]
    public void Such_a_refusal_of_a_whole_call_is_not_searched_for_records(string code)
    {
        // Given
        _scenario.Source.Add(300);
        Poison(_scenario, code, Key(7));

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L), (report.Outcome, report.Rejected));
        Assert.Single(_calls);
        Assert.Empty(_scenario.Rejects.Stored);
    }

    [Fact]
    public void A_field_that_only_some_records_name_wrongly_is_their_own_matter()
    {
        // Given
        _scenario.Source.Add(30);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.SkipRecords("1006", message: null, Key(3)), objectName: SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 29L, 1L), (report.Outcome, report.Accepted, report.Rejected));
    }

    [Fact]
    public void A_key_that_marketo_has_twice_is_rejected_with_what_to_do()
    {
        // Given
        _scenario.Source.Add(3);
        _scenario.Marketo.Seed(SyncScenario.Product, $$"""{"sku":"{{Key(1)}}"}""");
        _scenario.Marketo.Seed(SyncScenario.Product, $$"""{"sku":"{{Key(1)}}"}""");

        // When
        _scenario.Run();

        // Then
        var reject = Assert.Single(_scenario.Rejects.Stored);
        Assert.Equal((Key(1), "1007"), (reject.Key, reject.Code));
        Assert.Contains("delete all but one by their marketoGUID", reject.Reason, StringComparison.Ordinal);
    }

    private static string Key(int number) => $"key-{number:000000}";

    private static IEnumerable<(string Code, int Poisons, int MaxCalls, int Seed)> Seeds(string code, int poisons, int maxCalls) =>
        Enumerable.Range(0, 10).Select(seed => (code, poisons, maxCalls, seed));

    /// <summary>Imports 300 records, of which Marketo refuses the one at this place. How many calls it took besides the first.</summary>
    private int CallsToFind(string code, int place)
    {
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(300);
        _calls.Clear();
        Poison(scenario, code, Key(place));
        var report = scenario.Run();
        Assert.Equal((RunOutcome.Succeeded, 299L, 1L), (report.Outcome, report.Accepted, report.Rejected));
        var reject = Assert.Single(scenario.Rejects.Stored);
        Assert.Equal((Key(place), code), (reject.Key, reject.Code));
        Assert.Equal("{\"rows\":300}", scenario.State().Checkpoint.Resume);
        return _calls.Count - 1;
    }

    private void Poison(SyncScenario scenario, string code, params string[] keys) => Poison(scenario, code, keys.ToHashSet().Contains);

    private void Poison(SyncScenario scenario, string code, Func<string, bool> isPoison) =>
        scenario.Network = marketo => new PoisonedMarketo(code, isPoison, marketo, _calls);
}
