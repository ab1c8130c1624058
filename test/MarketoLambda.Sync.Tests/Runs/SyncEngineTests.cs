using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

public sealed class SyncEngineTests
{
    private readonly SyncScenario _scenario = new SyncScenario().Initialized();

    [Fact]
    public void Every_record_reaches_marketo_and_the_state_record_says_so()
    {
        // Given
        _scenario.Source.Add(1000);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal(1000, _scenario.Marketo.Count(SyncScenario.Product));
        var state = _scenario.State();
        Assert.Equal("{\"rows\":1000}", state.Checkpoint.Resume);
        Assert.Equal(1000, state.TotalRecordsInEpoch);
        Assert.Equal(
            ("Succeeded", 1L, 1000L, 0L),
            (state.LastRun!.Outcome, state.LastRun.Number, state.LastRun.Records, state.LastRun.Rejects));
    }

    [Fact]
    public void A_run_that_finds_nothing_new_writes_nothing()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        var writes = Writes();

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.NothingNew, report.Outcome);
        Assert.Equal(writes, Writes());
        Assert.Equal(1, _scenario.State().LastRun!.Number);
    }

    [Fact]
    public void The_next_run_imports_only_what_is_new()
    {
        // Given
        _scenario.Source.Add(310);
        _scenario.Run();
        var before = _scenario.Marketo.Journal.Count;

        // When
        _scenario.Source.Add(5);
        var report = _scenario.Run();

        // Then
        Assert.Equal(5, report.Accepted);
        Assert.Equal(5, _scenario.Marketo.Journal.Skip(before).Count(write => write.Record.ObjectName == SyncScenario.Product));
        Assert.Equal(315, _scenario.State().TotalRecordsInEpoch);
        Assert.Equal(2, _scenario.State().LastRun!.Number);
    }

    [Fact]
    public void Records_marketo_refuses_are_stored_with_their_reason_and_do_not_hold_the_others_back()
    {
        // Given
        _scenario.Source.Add("a", "1").Add("b", "2").Add("c", "3");
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.SkipRecords("1006", "Field 'x' not found", "b"), objectName: SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((2L, 1L), (report.Accepted, report.Rejected));
        var reject = Assert.Single(_scenario.Rejects.Stored);
        Assert.Equal(("b", "1006", "list row 2"), (reject.Key, reject.Code, reject.Location.ToString()));
        Assert.Equal("{\"rows\":3}", _scenario.State().Checkpoint.Resume);
        Assert.Equal("Succeeded with rejects", _scenario.State().LastRun!.Outcome);
    }

    [Fact]
    public void Values_of_the_wrong_type_empty_keys_and_unreadable_rows_become_rejects_and_the_run_goes_on()
    {
        // Given
        _scenario.Source.Add("a", "one").Add("", "2").AddUnreadable().Add("d", "4");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 3L), (report.Accepted, report.Rejected));
        Assert.Equal(["wrong-type", "missing-key", "unreadable"], _scenario.Rejects.Stored.Select(reject => reject.Code));
        Assert.Equal(["a", null, null], _scenario.Rejects.Stored.Select(reject => reject.Key));
        Assert.Equal("d", Assert.Single(_scenario.Marketo.Records(SyncScenario.Product)).Key);
    }

    [Fact]
    public void The_position_does_not_pass_a_reject_that_could_not_be_stored()
    {
        // Given
        _scenario.Source.Add("a", "1").Add("b", "two");
        _scenario.Rejects.Failure = new IOException("No space left on device");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.Null(_scenario.State().Checkpoint.Resume);
        Assert.Equal("Failed", _scenario.State().LastRun!.Outcome);
        Assert.Contains("No space left", _scenario.State().LastRun!.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_source_handed_out_before_it_broke_is_imported_and_the_next_run_goes_on_behind_it()
    {
        // Given
        _scenario.Source.Add(700).BreakAt(500, new SourceException("The list is broken. Mend it."));

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 500L), (report.Outcome, report.Accepted));
        Assert.Equal("The list is broken. Mend it.", _scenario.State().LastRun!.Error);
        Assert.Equal("{\"rows\":500}", _scenario.State().Checkpoint.Resume);

        // When
        _scenario.Source.Repair();
        var next = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 200L), (next.Outcome, next.Accepted));
        Assert.Null(_scenario.State().LastRun!.Error);
    }

    [Fact]
    public void A_token_that_dies_in_the_middle_of_a_run_is_renewed_and_nothing_is_sent_twice()
    {
        // Given
        _scenario.Source.Add(3000);
        _scenario.WithLatency(TimeSpan.FromSeconds(1));
        var batches = 0;

        // When
        var report = _scenario.Run(progress: new Watch(_ =>
        {
            if (++batches == 3)
            {
                _scenario.Marketo.ExpireTokens();
            }
        }));

        // Then
        Assert.Equal((RunOutcome.Succeeded, 3000L), (report.Outcome, report.Accepted));
        Assert.Equal(3000, _scenario.Marketo.Journal.Count(write => write.Record.ObjectName == SyncScenario.Product));
        Assert.Contains(_scenario.Marketo.Calls.ByOutcome, outcome => outcome.Key is "601" or "602");
    }

    [Fact]
    public void A_stop_request_ends_the_run_at_a_checkpoint_and_the_next_run_goes_on()
    {
        // Given
        _scenario.Source.Add(5000);
        _scenario.WithLatency(TimeSpan.FromSeconds(1));
        using CancellationTokenSource stop = new();

        // When
        var report = _scenario.Run(stopRequested: stop.Token, progress: new Watch(progress =>
        {
            if (progress.Accepted > 1000)
            {
                stop.Cancel();
            }
        }));

        // Then
        Assert.Equal(RunOutcome.Interrupted, report.Outcome);
        Assert.InRange(report.Accepted, 1000, 4000);
        Assert.Equal($"{{\"rows\":{report.Accepted}}}", _scenario.State().Checkpoint.Resume);

        // When
        var next = _scenario.Run();

        // Then
        Assert.Equal(5000 - report.Accepted, next.Accepted);
        Assert.Equal(5000, _scenario.Marketo.Journal.Count(write => write.Record.ObjectName == SyncScenario.Product));
    }

    [Fact]
    public void A_run_whose_time_is_nearly_up_stops_at_a_checkpoint_before_it_is_cut_off()
    {
        // Given: five calls at a time, each ten seconds
        _scenario.Source.Add(30_000);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);
        var start = _scenario.Time.Elapsed;

        // When
        var report = _scenario.Run(limit: TimeSpan.FromMinutes(4));

        // Then
        Assert.Equal(RunOutcome.Continued, report.Outcome);
        Assert.InRange(_scenario.Time.Elapsed - start, TimeSpan.FromSeconds(165), TimeSpan.FromMinutes(4));
        Assert.Equal($"{{\"rows\":{report.Accepted}}}", _scenario.State().Checkpoint.Resume);
        Assert.InRange(report.Accepted, 1, 29_999);

        // Then: no call was given up for it
        _scenario.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(report.Accepted, _scenario.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void Calls_that_hang_are_given_up_in_time_to_save_what_was_finished()
    {
        // Given
        _scenario.Source.Add(3000);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Hang(), nth: 4, times: FaultPlan.Forever, objectName: SyncScenario.Product);
        var start = _scenario.Time.Elapsed;

        // When
        var report = _scenario.Run(limit: TimeSpan.FromMinutes(4));

        // Then
        Assert.Equal((RunOutcome.Continued, 900L, false), (report.Outcome, report.Accepted, report.IsAlerted));
        Assert.InRange(_scenario.Time.Elapsed - start, TimeSpan.FromSeconds(195), TimeSpan.FromSeconds(240));
        Assert.Equal("{\"rows\":900}", _scenario.State().Checkpoint.Resume);
    }

    [Fact]
    public void A_stop_request_during_the_pause_before_a_repeat_lets_the_call_end_first()
    {
        // Given
        _scenario.Source.Add(3000);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.BrokenConnection(), nth: 2, objectName: SyncScenario.Product);
        using CancellationTokenSource stop = new();

        // When
        var report = _scenario.Run(stopRequested: stop.Token, progress: new Watch(_ => stop.Cancel()));

        // Then
        Assert.Equal(RunOutcome.Interrupted, report.Outcome);
        Assert.Equal(_scenario.Marketo.Count(SyncScenario.Product), report.Accepted);
        Assert.Equal($"{{\"rows\":{report.Accepted}}}", _scenario.State().Checkpoint.Resume);
    }

    [Fact]
    public void A_long_run_saves_its_position_about_once_a_minute()
    {
        // Given
        _scenario.Source.Add(60_000);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);

        // When
        var report = _scenario.Run();

        // Then: 200 calls, 5 at once, 10 s each
        var saves = _scenario.Marketo.Journal.Count(write => write.Record.ObjectName == StateFields.ObjectApiName) - 1;
        Assert.InRange(saves, (int)report.Elapsed.TotalMinutes - 1, (int)report.Elapsed.TotalMinutes + 2);
    }

    private long Writes() => _scenario.Marketo.Calls.ByKind[CallKind.Sync.Name].Calls;

    private sealed class Watch(Action<RunProgress> act) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => act(value);
    }
}
