using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

public sealed class DeletionTests
{
    [Fact]
    public void A_record_that_is_gone_in_the_source_is_deleted_by_its_key()
    {
        // Given
        var run = new SyncScenario().Initialized();
        run.Source.Add("a", "1").Add("b", "1").Add([Gone("a")]);
        // When
        var report = run.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, 3L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Empty(run.Marketo.Find(SyncScenario.Product, "a"));
        Assert.Single(run.Marketo.Find(SyncScenario.Product, "b"));
    }

    [Fact]
    public void What_was_never_there_or_is_gone_already_counts_as_done()
    {
        // Given
        var run = new SyncScenario().Initialized();
        run.Source.Add([Gone("a"), Gone("b"), Gone("a")]);
        // When
        var report = run.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, 0L), (report.Outcome, report.Rejected));
        Assert.Empty(run.Rejects.Stored);
    }

    [Fact]
    public void A_record_may_go_and_come_again_in_the_order_of_the_source()
    {
        // Given
        var run = new SyncScenario().WithLatency(TimeSpan.FromSeconds(5)).Initialized();
        for (var version = 1; version <= 20; version++)
        {
            run.Source.Add("a", $"{version}")
                .Add("b", $"{version}")
                .Add([Gone("a")])
                .Add("c", $"{version}")
                .Add([Gone("c"), Gone("b")])
                .Add("b", $"{version}");
        }

        // When
        var report = run.Run();
        // Then
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal("20", Assert.Single(run.Marketo.Records(SyncScenario.Product))["amount"]);
    }

    [Fact]
    public void A_deletion_needs_the_key_and_nothing_else()
    {
        // Given
        var run = new SyncScenario().Initialized();
        run.Source.Add("a", "1").Add([Gone("a") with { Value = "no number" }, Gone("")]);
        // When
        var report = run.Run();
        // Then
        Assert.Equal((2L, 1L), (report.Accepted, report.Rejected));
        Assert.Equal("missing-key", Assert.Single(run.Rejects.Stored).Code);
        Assert.Empty(run.Marketo.Records(SyncScenario.Product));
    }

    [Fact]
    public void A_deletion_that_Marketo_refuses_is_put_aside_and_not_tried_again_as_a_record()
    {
        // Given
        var run = new SyncScenario().Initialized();
        run.Source.Add("a", "1").Add("b", "1").Add([Gone("a"), Gone("b")]);
        run.Marketo.Faults.On(CallKind.Delete, Fault.SkipRecords("1022", keys: "a"));
        // When
        var report = run.Run();
        // Then
        Assert.Equal((3L, 1L), (report.Accepted, report.Rejected));
        var reject = Assert.Single(run.Rejects.Stored);
        Assert.Equal(("1022", null), (reject.Code, reject.Payload));
        Assert.Empty(run.Marketo.Find(SyncScenario.Product, "b"));
    }

    private static ListSource.ListRow Gone(string key) => new(key, "", IsDeletion: true);
}
