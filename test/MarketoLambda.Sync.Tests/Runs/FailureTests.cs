using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>Promise P8: every run that fails leaves exactly one trace.</summary>
public sealed class FailureTests
{
    [Fact]
    public void A_marketo_that_dies_in_the_middle_leaves_an_alert_and_the_next_run_loses_nothing()
    {
        // Given
        var scenario = new SyncScenario().Initialized().WithLatency(TimeSpan.FromSeconds(1));
        scenario.Source.Add(6000);

        // When
        var report = scenario.Run(progress: new Watch(progress => scenario.Marketo.Faults.Unreachable |= progress.Accepted > 2000));

        // Then
        Assert.Equal((RunOutcome.Failed, true), (report.Outcome, report.IsAlerted));
        var alert = Assert.Single(scenario.Alerts.Sent);
        Assert.Contains(SyncScenario.Product, alert.Subject, StringComparison.Ordinal);
        Assert.Contains($"{report.Accepted:N0} records were imported", alert.Text, StringComparison.Ordinal);

        // When
        scenario.Marketo.Faults.Clear();
        Assert.Null(scenario.State().Checkpoint.Resume);
        var next = scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Succeeded, next.Outcome);
        Assert.Equal(6000, scenario.Marketo.Count(SyncScenario.Product));
        Assert.Single(scenario.Alerts.Sent);
    }

    [Fact]
    public void A_marketo_that_is_down_from_the_start_leaves_an_alert()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(10);
        scenario.Marketo.Faults.Unreachable = true;

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, true, 0L), (report.Outcome, report.IsAlerted, report.RunNumber));
        Assert.Contains("nothing was started", Assert.Single(scenario.Alerts.Sent).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_that_can_be_recorded_is_recorded_and_not_alerted()
    {
        // Given: only the imported object is out of order
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(10);
        scenario.Marketo.Faults.Always(CallKind.Sync, Fault.Code("603"), SyncScenario.Product);

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, false), (report.Outcome, report.IsAlerted));
        Assert.Empty(scenario.Alerts.Sent);
        Assert.Contains("Read-Write Custom Object", scenario.State().LastRun!.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_alert_cannot_be_sent_fails_itself()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Marketo.Faults.Unreachable = true;
        scenario.Alerts.Failure = new IOException("mail server down");

        // When
        var failure = Assert.Throws<AlertNotSentException>(() => scenario.Run());

        // Then
        Assert.Contains("the alert could not be sent: mail server down. The run's failure: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_days_quota_stops_the_run_cleanly_with_the_reset_told()
    {
        // Given: a quota that is nearly used up, of which imports may take 80 %
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(100);
        scenario.Marketo.Faults.Always(CallKind.Sync, Fault.Code("607"), SyncScenario.Product);

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal(RunOutcome.QuotaReached, report.Outcome);
        Assert.Equal("Stopped: the day's calls are used up", scenario.State().LastRun!.Outcome);
        Assert.Empty(scenario.Alerts.Sent);
        Assert.Equal(1, scenario.Marketo.Calls.Newest.Count(call => call.Outcome == "607"));
    }

    [Fact]
    public void A_job_that_does_not_fit_the_object_is_told_with_every_mistake_and_sends_nothing()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(10);
        scenario.Job = scenario.Job with
        {
            KeyFields = ["amount"],
            Fields =
            [
                new FieldMapping("SKU", "Key"),
                new FieldMapping("amuont", "Value"),
                new FieldMapping("amount", "Value"),
                new FieldMapping("createdAt", "Value"),
            ],
        };

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.Contains("the object has no field \"amuont\" (did you mean \"amount\"?)", report.Error, StringComparison.Ordinal);
        Assert.Contains("the field \"createdAt\" cannot be written", report.Error, StringComparison.Ordinal);
        Assert.Contains("its key is \"amount\", but the object's dedupe field is \"sku\"", report.Error, StringComparison.Ordinal);
        Assert.Equal(0, scenario.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void An_object_that_is_not_approved_is_told_by_name()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Job = scenario.Job with { Name = "car_c" };
        scenario.Source.Add(1);
        scenario.Use(async services =>
            await ((Sync.Setup.StateSetup)services.GetService(typeof(Sync.Setup.StateSetup))!).EnsureRecordsAsync(
                "car_c",
                CancellationToken.None));

        // When
        var report = scenario.Run();

        // Then
        Assert.Contains("no approved custom object car_c", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_set_up_a_run_says_what_to_run_first()
    {
        // Given
        SyncScenario scenario = new();

        // When
        var report = scenario.Run();

        // Then
        Assert.Contains("marketo-lambda init", report.Error, StringComparison.Ordinal);
        Assert.True(report.IsAlerted);
    }

    [Fact]
    public void After_a_failure_a_run_with_nothing_new_clears_the_error()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Source.BreakAt(0, new SourceException("The list is gone."));
        Assert.Equal(RunOutcome.Failed, scenario.Run().Outcome);
        Assert.NotNull(scenario.State().LastRun!.Error);
        scenario.Source.Repair();

        // When
        scenario.Run();

        // Then
        Assert.Null(scenario.State().LastRun!.Error);
    }

    [Fact]
    public void A_source_whose_own_wait_was_cancelled_has_failed_and_does_not_count_as_time_that_was_up()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(10).BreakAt(5, new TaskCanceledException("The request was cancelled by its time-out"));

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.Equal("Failed", scenario.State().LastRun!.Outcome);
    }

    [Fact]
    public void An_alert_that_runs_into_its_own_time_out_fails_the_run_with_its_reason()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Marketo.Faults.Unreachable = true;
        scenario.Alerts.Failure = new TaskCanceledException("time-out of the mail server");

        // When
        var failure = Assert.Throws<AlertNotSentException>(() => scenario.Run());

        // Then
        Assert.Contains("No connection to Marketo", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_abort_leaves_the_last_checkpoint_and_nothing_else()
    {
        // Given
        var scenario = new SyncScenario().Initialized().WithLatency(TimeSpan.FromSeconds(1));
        scenario.Source.Add(6000);
        using CancellationTokenSource abort = new();
        Watch watch = new(progress =>
        {
            if (progress.Accepted > 1000)
            {
                abort.Cancel();
            }
        });

        // When
        Assert.ThrowsAny<OperationCanceledException>(() =>
            scenario.Use(async services =>
                await ((SyncEngine)services.GetService(typeof(SyncEngine))!).RunAsync(
                    scenario.Job,
                    new RunDeadline(scenario.Time, limit: null, abort.Token),
                    watch,
                    abort.Token)));

        // Then
        Assert.Empty(scenario.Alerts.Sent);
        Assert.Null(scenario.State().LastRun);
        Assert.Equal(RunOutcome.Succeeded, scenario.Run().Outcome);
        Assert.Equal(6000, scenario.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void An_abort_after_a_run_finds_nothing_left_to_abort()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(10);
        using CancellationTokenSource abort = new();
        scenario.Use(async services =>
            await ((SyncEngine)services.GetService(typeof(SyncEngine))!).RunAsync(
                scenario.Job,
                new RunDeadline(scenario.Time, limit: null, CancellationToken.None),
                null,
                abort.Token));

        // When
        var failure = Record.Exception(abort.Cancel);

        // Then
        Assert.Null(failure);
    }

    [Fact]
    public void After_a_run_that_was_stopped_a_run_with_nothing_new_says_that_all_is_done()
    {
        // Given: someone stops it when the last row was read, but not yet the end
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(1800);
        scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(4);
        using CancellationTokenSource stop = new();
        scenario.Run(stopRequested: stop.Token, progress: new Watch(_ => stop.Cancel()));
        Assert.Equal("Interrupted: the next run goes on", scenario.State().LastRun!.Outcome);

        // When
        scenario.Run();

        // Then
        Assert.Equal("Succeeded", scenario.State().LastRun!.Outcome);
    }

    [Fact]
    public void Nothing_of_an_unexpected_failure_but_its_type_is_told()
    {
        // Given: other people's messages may quote what they failed on
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add(10).BreakAt(5, new FormatException("jane.doe@example.com is no number"));

        // When
        var report = scenario.Run();

        // Then
        Assert.Contains("FormatException", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("jane.doe", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("jane.doe", scenario.State().LastRun!.Error, StringComparison.Ordinal);
        Assert.Contains(scenario.Log.Lines, line => line.Contains("FormatException", StringComparison.Ordinal));
        Assert.DoesNotContain(scenario.Log.Lines, line => line.Contains("jane.doe", StringComparison.Ordinal));
    }

    [Fact]
    public void Values_that_marketo_quotes_reach_the_reject_store_and_nothing_else()
    {
        // Given: a value in a record's reason, one in the refusal of a whole call, and no state record to write to
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add("jane.doe@example.com", "1").Add(600);
        scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.SkipRecords("1001", "Invalid value 'jane.doe@example.com'", "jane.doe@example.com"),
            objectName: SyncScenario.Product);
        scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.Code("609", "Invalid JSON near 'jane.doe@example.com'"),
            nth: 2,
            objectName: SyncScenario.Product);
        scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.Code("611", "No room for 'jane.doe@example.com'"),
            times: 10,
            objectName: Sync.State.StateFields.ObjectApiName);

        // When
        var report = scenario.Run();

        // Then
        Assert.Contains("jane.doe", Assert.Single(scenario.Rejects.Stored).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("jane.doe", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("jane.doe", Assert.Single(scenario.Alerts.Sent).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(scenario.Log.Lines, line => line.Contains("jane.doe", StringComparison.Ordinal));
    }

    private sealed class Watch(Action<RunProgress> act) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => act(value);
    }
}
