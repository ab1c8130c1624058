using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>
/// Promise P3 where a version took an earlier one's place in a call, and Marketo refuses it: the earlier one is what stays.
/// </summary>
public sealed class RefusedSuccessorTests
{
    private const string MissingPerson = "7";

    private readonly SyncScenario _scenario = new SyncScenario
    {
        KeepsRejectsInMarketo = true,
        Memory = new MemoryOfAnInstance(),
    }.Initialized();

    public RefusedSuccessorTests() => _scenario.Job = _scenario.Job with
    {
        Fields = [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Value"), new FieldMapping("owner", "Owner")],
        StopAbovePercentRejected = 100,
    };

    [Fact]
    public void The_version_before_the_refused_one_is_sent()
    {
        // Given
        _scenario.Source.Add("a", "1").Add("b", "1").Add("a", "2").Add([new("a", "3", Owner: MissingPerson)]);

        // When
        var report = _scenario.Run();

        // Then: one version was replaced and not needed, one waits, the others are in Marketo
        Assert.Equal(["2"], Writes("a"));
        Assert.Equal((2L, 1L, 1L), (report.Accepted, report.Superseded, report.Waiting));
        Assert.Equal(("waiting", "a", "1004"), Assert.Single(Rejects()));
    }

    [Fact]
    public void Versions_are_tried_down_to_one_that_marketo_takes_and_only_the_newest_is_a_reject()
    {
        // Given
        _scenario.Source.Add("a", "1").Add([new("a", "2", Owner: MissingPerson), new("a", "3", Owner: MissingPerson)]).Add("b", "1");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(["1"], Writes("a"));
        Assert.Equal((2L, 1L, 1L), (report.Accepted, report.Superseded, report.Waiting));
        Assert.Equal("3", Assert.Single(_scenario.Marketo.Records("customObjectSyncReject_c"))["sourceRow"]);
    }

    [Fact]
    public void Where_marketo_takes_no_version_the_newest_is_the_reject()
    {
        // Given
        _scenario.Source.Add([new("a", "1", Owner: MissingPerson), new("a", "2", Owner: MissingPerson)]).Add("b", "1");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Empty(Writes("a"));
        Assert.Equal((1L, 1L, 1L), (report.Accepted, report.Superseded, report.Waiting));
        Assert.Equal("2", Assert.Single(_scenario.Marketo.Records("customObjectSyncReject_c"))["sourceRow"]);
    }

    [Fact]
    public void An_older_reject_of_the_key_is_over_with_the_version_that_was_sent_instead()
    {
        // Given: an open reject, and newer versions of which the last is refused
        _scenario.Source.Add([new("a", "1", Owner: MissingPerson)]).Add("b", "1");
        _scenario.Run();
        _scenario.Source.Add("a", "2").Add([new("a", "3", Owner: "8")]);
        _scenario.Run();

        // When: what kept the oldest one away is mended
        _scenario.Marketo.AddLead(7);
        _scenario.Time.Advance(TimeSpan.FromHours(1));
        _scenario.Run();

        // Then
        Assert.Equal(["2"], Writes("a"));
        Assert.Equal([("superseded", "a", "1004"), ("waiting", "a", "1004")], Rejects());
    }

    [Fact]
    public void A_version_that_a_dead_run_has_sent_is_not_undone_by_the_repetition()
    {
        // Given: a run that ends after version 2 was taken, before its position was stored
        _scenario.Source.Add("a", "1").Add(299).Add("a", "2");
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.BrokenConnection().TakesEffectAfter(TimeSpan.Zero),
            nth: 2,
            objectName: SyncScenario.Product);
        _scenario.RunUntilAborted(TimeSpan.FromSeconds(1));
        Assert.Equal(["1", "2"], Writes("a"));

        // When: the next one finds a version behind it that Marketo refuses
        _scenario.Source.Add([new("a", "3", Owner: MissingPerson)]);
        _scenario.Run();

        // Then
        Assert.Equal("2", _scenario.Marketo.Find(SyncScenario.Product, "a")[0]["amount"]);
    }

    [Fact]
    public void A_version_that_may_be_to_blame_for_a_failing_call_is_told_from_an_outage_by_a_record_that_went_through()
    {
        // Given: calls that hold version 1 or 2 of a key fail with an unclear code
        _scenario.Network = marketo => new PoisonedMarketo("611", key => key == "a", marketo, []);
        _scenario.Source.Add("a", "1").Add("a", "2").Add(9);

        // When
        var report = _scenario.Run(limit: TimeSpan.FromMinutes(60));

        // Then
        Assert.Equal((RunOutcome.Succeeded, 9L, 1L, 1L), (report.Outcome, report.Accepted, report.Superseded, report.Rejected));
    }

    private IEnumerable<string?> Writes(string key) =>
        _scenario.Marketo.Sent(SyncScenario.Product, key).Select(write => write.Record["amount"]);

    private IEnumerable<(string?, string?, string?)> Rejects() =>
        _scenario
            .Marketo.Records("customObjectSyncReject_c")
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => (row["stage"], row["recordKey"], row["code"]));
}
