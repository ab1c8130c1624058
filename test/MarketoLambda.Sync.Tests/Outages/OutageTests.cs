using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Outages;

/// <summary>One alert per outage, one message when it is over.</summary>
public sealed class OutageTests
{
    private readonly SyncScenario _scenario = new SyncScenario { Memory = new MemoryOfAnInstance() }.Initialized();

    private IReadOnlyList<OutageAlert> Sent => _scenario.Alerts.Sent;

    [Fact]
    public void An_outage_is_alerted_once_and_its_end_is_told_with_what_was_caught_up()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.Unreachable = true;
        var began = _scenario.Time.GetUtcNow();

        // When
        var first = _scenario.Run();
        var second = _scenario.Run();
        var third = _scenario.Run();

        // Then
        Assert.Single(Sent);
        Assert.All([first, second, third], report => Assert.Equal((RunOutcome.Failed, true), (report.Outcome, report.IsAlerted)));
        Assert.Null(first.StandingAlertSentAt);
        Assert.NotNull(second.StandingAlertSentAt);
        Assert.Equal(second.StandingAlertSentAt, third.StandingAlertSentAt);

        // When
        _scenario.Marketo.Faults.Clear();
        var repaired = _scenario.Run();
        _scenario.Source.Add(1);
        _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, false), (repaired.Outcome, repaired.IsAlerted));
        Assert.Equal([false, true], Sent.Select(alert => alert.IsOver));
        Assert.Contains($"From {began.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC until ", Sent[1].Text, StringComparison.Ordinal);
        Assert.Contains("3 runs of product_c failed", Sent[1].Text, StringComparison.Ordinal);
        Assert.Contains("imported 10 records. Nothing is left to do", Sent[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outage_that_lasts_is_called_to_mind_every_24_hours()
    {
        // Given
        _scenario.Marketo.Faults.Unreachable = true;
        _scenario.Run();

        // When
        for (var hour = 1; hour <= 50; hour++)
        {
            _scenario.Time.Advance(TimeSpan.FromHours(1));
            _scenario.Run();
        }

        // Then
        Assert.Equal(3, Sent.Count);
        Assert.Contains("still fails", Sent[1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_outage_is_alerted_again()
    {
        // Given
        Outage();
        _scenario.Run();

        // When
        _scenario.Time.Advance(WarmState.Lifetime);
        Outage();

        // Then
        Assert.Equal([false, true, false], Sent.Select(alert => alert.IsOver));
    }

    [Fact]
    public void Each_job_has_outages_of_its_own()
    {
        // Given
        _scenario.Marketo.Faults.Unreachable = true;
        _scenario.Run();

        // When
        _scenario.Job = _scenario.Job with { Name = "car_c" };
        _scenario.Run();

        // Then
        Assert.Equal(["product_c", "car_c"], Sent.Select(alert => alert.Job));
    }

    [Fact]
    public void An_outage_whose_alert_could_not_be_sent_is_alerted_by_the_next_run()
    {
        // Given
        _scenario.Marketo.Faults.Unreachable = true;
        _scenario.Alerts.Failure = new IOException("mail server down");
        Assert.Throws<AlertNotSentException>(() => _scenario.Run());

        // When
        _scenario.Alerts.Failure = null;
        var report = _scenario.Run();

        // Then
        Assert.Equal((true, null), (report.IsAlerted, report.StandingAlertSentAt));
        Assert.Contains("run 2 in a row", Assert.Single(Sent).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_whose_sending_was_aborted_does_not_stand()
    {
        // Given
        _scenario.Marketo.Faults.Unreachable = true;
        using CancellationTokenSource abort = new();
        _scenario.Alerts.Sending = () =>
        {
            abort.Cancel();
            abort.Token.ThrowIfCancellationRequested();
        };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            _scenario.Use(async services =>
                await ((SyncEngine)services.GetService(typeof(SyncEngine))!).RunAsync(
                    _scenario.Job,
                    new RunDeadline(_scenario.Time, limit: null, abort.Token),
                    null,
                    abort.Token)));

        // When
        _scenario.Alerts.Sending = null;
        var report = _scenario.Run();

        // Then
        Assert.Equal((true, null), (report.IsAlerted, report.StandingAlertSentAt));
    }

    [Fact]
    public void A_run_that_finds_nothing_new_tells_the_end_when_marketo_has_answered_it()
    {
        // Given
        Outage();

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.NothingNew, report.Outcome);
        Assert.Contains("the source has nothing new", Sent[^1].Text, StringComparison.Ordinal);
        Assert.True(Sent[^1].IsOver);
    }

    [Fact]
    public void A_warm_run_that_asks_marketo_nothing_cannot_know_whether_the_outage_is_over()
    {
        // Given: warm, and an outage that another process has left
        _scenario.Run();
        IOutageMemory memory = _scenario.Memory!;
        memory.Keep(SyncScenario.Product, new Outage(_scenario.Time.GetUtcNow(), _scenario.Time.GetUtcNow(), 1));
        var calls = _scenario.Marketo.Calls.Newest.Count;

        // When
        _scenario.Run();

        // Then
        Assert.Equal(calls, _scenario.Marketo.Calls.Newest.Count);
        Assert.Empty(Sent);

        // When
        _scenario.Time.Advance(WarmState.Lifetime);
        _scenario.Run();

        // Then
        Assert.True(Assert.Single(Sent).IsOver);
    }

    [Fact]
    public void A_run_that_can_record_its_own_failure_ends_the_outage_and_says_that_it_failed()
    {
        // Given
        Outage();
        _scenario.Source.BreakAt(0, new SourceException("The list is gone."));

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, false), (report.Outcome, report.IsAlerted));
        Assert.True(Sent[^1].IsOver);
        Assert.Contains("The list is gone", Sent[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_recovery_that_cannot_be_sent_fails_no_run_and_is_tried_again()
    {
        // Given
        Outage();
        _scenario.Source.Add(10);
        _scenario.Alerts.Failure = new IOException("mail server down");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, "Succeeded"), (report.Outcome, _scenario.State().LastRun!.Outcome));
        Assert.Single(Sent);
        Assert.Contains(
            _scenario.Log.Lines,
            line => line.Contains("[2021]", StringComparison.Ordinal) && line.Contains("mail server down", StringComparison.Ordinal));

        // When
        _scenario.Alerts.Failure = null;
        _scenario.Time.Advance(WarmState.Lifetime);
        _scenario.Run();

        // Then
        Assert.Equal([false, true], Sent.Select(alert => alert.IsOver));
    }

    [Fact]
    public void What_keeps_the_record_from_being_written_decides_the_advice()
    {
        // Given: the source is broken, and so is the permission to write that down
        _scenario.Source.Add(1).BreakAt(1, new SourceException("The list is gone."));
        _scenario.Marketo.Faults.Always(CallKind.Sync, Fault.Code("603"), StateFields.ObjectApiName);

        // When
        _scenario.Run();

        // Then
        var alert = Assert.Single(Sent);
        Assert.Contains("The list is gone.", alert.Text, StringComparison.Ordinal);
        Assert.Contains("does not pass by itself", alert.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_memory_every_failing_run_alerts()
    {
        // Given: a process a run
        var scenario = new SyncScenario().Initialized();
        scenario.Marketo.Faults.Unreachable = true;

        // When
        scenario.Run();
        scenario.Run();

        // Then
        Assert.Equal(2, scenario.Alerts.Sent.Count);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(23.9, true)]
    [InlineData(24, false)]
    [InlineData(-1, false)]
    public void An_alert_stands_for_a_day_and_not_before_it_was_sent(double hours, bool stands)
    {
        var at = _scenario.Time.GetUtcNow();

        Assert.Equal(stands ? at : null, new Outage(at, at, 1).StandingAlertAt(at + TimeSpan.FromHours(hours)));
        Assert.Null(new Outage(at, AlertedAt: null, FailedRuns: 1).StandingAlertAt(at));
    }

    private void Outage()
    {
        _scenario.Marketo.Faults.Unreachable = true;
        Assert.True(_scenario.Run().IsAlerted);
        _scenario.Marketo.Faults.Clear();
    }
}
