using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>The counts of the state record and of the report.</summary>
public sealed class CountsTests
{
    private readonly SyncScenario _scenario = new SyncScenario().Initialized();

    [Fact]
    public void Records_that_the_next_run_sends_again_are_counted_once()
    {
        // Given: "ALPHA" cuts the first call short, and the call behind it fails; the source cannot say where the first one ends
        _scenario.Source.Add("alpha", "1").Add(199).Add("ALPHA", "2");
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), nth: 2, objectName: SyncScenario.Product);

        // When
        var failed = _scenario.Run();
        var next = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L), (failed.Outcome, failed.Accepted));
        Assert.Equal((RunOutcome.Succeeded, 201L), (next.Outcome, next.Accepted));
        Assert.Equal(201, _scenario.State().TotalRecordsInEpoch);
    }

    [Fact]
    public void The_total_of_the_epoch_goes_on_from_run_to_run_while_each_run_counts_itself()
    {
        // Given
        _scenario.Source.Add(310).Add("bad", "text");
        _scenario.Run();

        // When
        _scenario.Source.Add(5).Add("worse", "text");
        _scenario.Run();

        // Then
        var state = _scenario.State();
        Assert.Equal(315, state.TotalRecordsInEpoch);
        Assert.Equal((2L, 5L, 1L), (state.LastRun!.Number, state.LastRun.Records, state.LastRun.Rejects));
    }

    [Fact]
    public void Replaced_versions_and_rejects_of_marketo_are_not_counted_as_accepted()
    {
        // Given
        _scenario.Source.Add("a", "1").Add("b", "1").Add("a", "2").Add("c", "text").Add("d", "1");
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.SkipRecords("1003", message: null, "b"), objectName: SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((2L, 2L, 1L), (report.Accepted, report.Rejected, report.Superseded));
        Assert.Equal(2, _scenario.State().TotalRecordsInEpoch);
    }

    [Fact]
    public void A_quota_reached_in_the_middle_counts_what_was_finished_and_the_next_run_the_rest()
    {
        // Given
        _scenario.Source.Add(3000);
        _scenario.WithLatency(TimeSpan.FromSeconds(2));
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("607"), nth: 5, objectName: SyncScenario.Product);

        // When
        var stopped = _scenario.Run();
        var next = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.QuotaReached, stopped.Outcome);
        Assert.Equal(3000, stopped.Accepted + next.Accepted);
        Assert.Equal((3000, 3000), (_scenario.State().TotalRecordsInEpoch, _scenario.Marketo.Count(SyncScenario.Product)));
    }
}
