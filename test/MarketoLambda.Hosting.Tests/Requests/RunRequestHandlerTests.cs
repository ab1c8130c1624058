using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Hosting.Tests.Requests;

/// <summary>From a message on the queue to a record in Marketo.</summary>
public sealed class RunRequestHandlerTests : IDisposable
{
    private readonly ServerlessScenario _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void A_message_leads_to_a_run_and_its_state_record()
    {
        // Given
        _app.Sync.Source.Add(700);

        // When
        var report = _app.AskForProduct("3 o'clock").Deliver();

        // Then
        Assert.Equal(RunOutcome.Succeeded, report!.Outcome);
        Assert.Equal(700, _app.Sync.Marketo.Count(SyncScenario.Product));
        Assert.Equal(
            ("Succeeded", 1L, 700L),
            (_app.Sync.State().LastRun!.Outcome, _app.Sync.State().LastRun!.Number, _app.Sync.State().LastRun!.Records));
        Assert.Equal(0, _app.Queue.Waiting);
    }

    [Fact]
    public void A_request_for_every_job_becomes_one_for_each_and_a_repeated_one_adds_none()
    {
        // Given
        _app.Jobs = new JobList([_app.Sync.Job, _app.Sync.Job with { Name = "other_c" }]);
        RunRequest tick = new(RunRequest.EveryJob, RunTrigger.Schedule, "3 o'clock");

        // When
        _app.Ask(tick).Deliver();
        _app.Handle(tick.ToJson());

        // Then
        Assert.Equal([tick, tick with { Job = SyncScenario.Product }, tick with { Job = "other_c" }], _app.Queue.Accepted);
    }

    [Fact]
    public void Time_running_out_makes_parts_until_everything_is_there()
    {
        // Given: more than four times what fits into one invocation
        _app.Sync.Marketo.Options.LatencyOf = (_, _) => TimeSpan.FromSeconds(20);
        _app.Sync.Source.Add(200_000);

        // When
        var reports = _app.AskForProduct("3 o'clock").DeliverAll();

        // Then
        Assert.True(reports.Count > 3);
        Assert.All(reports.SkipLast(1), report => Assert.Equal(RunOutcome.Continued, report.Outcome));
        Assert.Equal(RunOutcome.Succeeded, reports[^1].Outcome);
        Assert.All(reports, report => Assert.True(report.Elapsed < ServerlessScenario.FunctionTime));
        Assert.Equal(200_000, _app.Sync.Marketo.Count(SyncScenario.Product));
        Assert.Equal(200_000, reports.Sum(report => report.Accepted));
        Assert.Equal(Enumerable.Range(1, reports.Count), _app.Queue.Accepted.Select(request => request.Continuation));
        Assert.Empty(_app.Sync.Alerts.Sent);
    }

    [Fact]
    public void A_part_that_moves_nothing_in_all_its_time_is_not_asked_for_again()
    {
        // Given
        using ServerlessScenario app = new();
        app.Jobs = new JobList([app.Sync.Job with { Source = new EndlessSource(app.Sync.Time) }]);

        // When
        var report = app.AskForProduct("3 o'clock").Deliver();

        // Then
        Assert.Equal((RunOutcome.Continued, 0L), (report!.Outcome, report.Accepted));
        Assert.Equal(0, app.Queue.Waiting);
        Assert.Contains(app.Log, line => line.Contains("\"eventId\":2102", StringComparison.Ordinal));
    }

    [Fact]
    public void A_marketo_that_is_down_for_good_leaves_exactly_one_alert_and_no_failed_invocation()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.Sync.Marketo.Faults.Unreachable = true;

        // When
        var report = _app.AskForProduct("3 o'clock").Deliver();

        // Then
        Assert.Equal((RunOutcome.Failed, true), (report!.Outcome, report.IsAlerted));
        Assert.Single(_app.Sync.Alerts.Sent);
        Assert.Equal(0, _app.Queue.Waiting);
    }

    [Fact]
    public void An_alert_that_cannot_be_sent_fails_the_invocation_and_the_message_comes_again()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.Sync.Marketo.Faults.Unreachable = true;
        _app.Sync.Alerts.Failure = new IOException("the mail server is down");

        // When, Then
        _app.AskForProduct("3 o'clock");
        Assert.ThrowsAny<AggregateException>(() => _app.Deliver());
        Assert.Equal(1, _app.Queue.Waiting);

        // When
        _app.Sync.Marketo.Faults.Clear();
        _app.Sync.Marketo.Faults.Unreachable = false;
        var report = _app.Deliver();

        // Then
        Assert.Equal(RunOutcome.Succeeded, report!.Outcome);
        Assert.Equal(10, _app.Sync.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void A_failure_that_is_recorded_in_marketo_is_done_with()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.Sync.Marketo.Faults.Always(CallKind.Sync, Fault.Code("603"), SyncScenario.Product);

        // When
        var report = _app.AskForProduct("3 o'clock").Deliver();

        // Then
        Assert.Equal((RunOutcome.Failed, false), (report!.Outcome, report.IsAlerted));
        Assert.Equal(0, _app.Queue.Waiting);
        Assert.Empty(_app.Sync.Alerts.Sent);
    }

    [Fact]
    public void A_queue_that_does_not_take_the_next_part_fails_the_invocation_and_nothing_is_lost()
    {
        // Given
        _app.Sync.Marketo.Options.LatencyOf = (_, _) => TimeSpan.FromSeconds(20);
        _app.Sync.Source.Add(60_000);
        _app.AskForProduct("3 o'clock");
        _app.Queue.Failure = new IOException("the queue is down");

        // When
        Assert.Throws<IOException>(() => _app.Deliver());
        _app.Queue.Failure = null;
        _app.Sync.Time.Advance(ServerlessScenario.VisibilityTimeout);
        _app.DeliverAll();

        // Then
        Assert.Equal(60_000, _app.Sync.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void An_invocation_that_is_cut_off_without_a_word_is_made_up_for_when_its_message_comes_again()
    {
        // Given
        _app.Sync.Source.Add(6000);
        _app.AskForProduct("3 o'clock");
        DieInTheMiddle(ServerlessScenario.FunctionTime);
        _app.ColdStart().Sync.Time.Advance(ServerlessScenario.VisibilityTimeout);

        // When
        var before = _app.Sync.Time.GetUtcNow();
        var report = _app.Deliver();

        // Then: by then the dead run's lease is over, too
        Assert.Equal(RunOutcome.Succeeded, report!.Outcome);
        Assert.Equal(before, report.StartedAt);
        Assert.Equal(6000, _app.Sync.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void Another_run_of_the_job_is_waited_for()
    {
        // Given: somebody's run on a workstation is stopped hard, so that its lease holds for minutes
        _app.Sync.Source.Add(6000);
        DieInTheMiddle(TimeSpan.FromMinutes(5));

        // When
        var before = _app.Sync.Time.GetUtcNow();
        var report = _app.AskForProduct("3 o'clock").Deliver();

        // Then
        Assert.Equal(RunOutcome.Succeeded, report!.Outcome);
        Assert.True(_app.Sync.Time.GetUtcNow() - before > TimeSpan.FromMinutes(5));
        Assert.Equal(6000, _app.Sync.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void Another_run_that_is_at_work_for_longer_is_left_to_it()
    {
        // Given
        _app.Sync.Source.Add(6000);
        DieInTheMiddle(TimeSpan.FromHours(2));

        // When
        var report = _app.AskForProduct("3 o'clock").Deliver();

        // Then
        Assert.Equal(RunOutcome.Busy, report!.Outcome);
        Assert.Equal(0, _app.Queue.Waiting);
        Assert.Contains(_app.Log, line => line.Contains("\"eventId\":2103", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_nobody_knows_never_leads_to_a_run() =>
        Assert.Throws<UnknownJobException>(() => _app.Handle("""{"job":"unknown_c"}"""));

    private void DieInTheMiddle(TimeSpan limit)
    {
        using CancellationTokenSource death = new();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            _app.Sync.Use(services =>
                services
                    .GetRequiredService<SyncEngine>()
                    .RunAsync(_app.Sync.Job, new RunDeadline(_app.Sync.Time, limit, CancellationToken.None), new Watch(death), death.Token))
        );
    }

    private sealed class Watch(CancellationTokenSource death) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => death.Cancel();
    }

    /// <summary>Never comes to its first record.</summary>
    private sealed class EndlessSource(TimeProvider time) : ISource
    {
        public string Description => "endless";

        public SourceConventions Conventions => SourceConventions.Invariant;

        public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<ISourceReader>(new Reader(time));

        private sealed class Reader(TimeProvider time) : ISourceReader
        {
            private bool _isPeeked;

            public Checkpoint Position => Checkpoint.Start;

            public SourceProgress Progress => new(RecordsSkipped: 0, Fraction: null);

            public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
            {
                if (_isPeeked)
                {
                    await Task.Delay(TimeSpan.FromHours(1), time, CancellationToken.None).WaitAsync(cancellationToken);
                }

                _isPeeked = true;
                return new SourceRecord(new SourceLocation("endless", 1), ["a", "1"]);
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
