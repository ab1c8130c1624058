using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>Promises P1 and P7 where the data is odd.</summary>
public sealed class TransferTests
{
    private readonly SyncScenario _scenario = new SyncScenario().Initialized();

    [Fact]
    public void A_value_survives_a_later_version_that_leaves_it_out()
    {
        // Given: an empty value means that Marketo keeps what it has
        _scenario.Source.Add("a", "1").Add("b", "2").Add("a", "");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal("1", Assert.Single(_scenario.Marketo.Find(SyncScenario.Product, "a"))["amount"]);
        Assert.Equal((2L, 1L), (report.Accepted, report.Superseded));
    }

    [Fact]
    public void A_later_version_that_clears_a_value_clears_it()
    {
        // Given
        _scenario.Job = _scenario.Job with
        {
            Fields = [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Value", Empty: EmptyValue.Clear)],
        };
        _scenario.Source.Add("a", "1").Add("a", "");

        // When
        _scenario.Run();

        // Then
        Assert.Null(Assert.Single(_scenario.Marketo.Find(SyncScenario.Product, "a"))["amount"]);
    }

    [Fact]
    public void Reading_does_not_run_far_ahead_of_a_call_that_hangs()
    {
        // Given: the first call hangs, all others are answered at once
        const int Rows = 60_000;
        _scenario.Source.Add(Rows);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Slow(TimeSpan.FromSeconds(110)), objectName: SyncScenario.Product);
        var furthest = 0.0;

        // When
        var report = _scenario.Run(
            progress: new Watch(progress => furthest = Math.Max(furthest, (progress.Fraction!.Value * Rows) - progress.Accepted)));

        // Then: what waits in memory is a fixed number of calls
        Assert.Equal((RunOutcome.Succeeded, (long)Rows), (report.Outcome, report.Accepted));
        Assert.InRange(furthest, 300, 70 * 300);
    }

    [Fact]
    public void Records_that_marketo_skips_without_a_reason_become_rejects_that_say_so()
    {
        // Given
        _scenario.Source.Add("a", "1");
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.Http(200, """{"requestId":"1#2","success":true,"result":[{"seq":0,"status":"skipped","reasons":[]}]}"""),
            objectName: SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((0L, 1L), (report.Accepted, report.Rejected));
        var reject = Assert.Single(_scenario.Rejects.Stored);
        Assert.Equal(("a", "skipped", "Marketo gave no reason."), (reject.Key, reject.Code, reject.Reason));
    }

    [Fact]
    public void Thousands_of_rejects_in_a_row_are_all_stored_and_passed()
    {
        // Given
        _scenario.Job = _scenario.Job with { StopAbovePercentRejected = 100 };
        for (var row = 0; row < 2500; row++)
        {
            _scenario.Source.AddUnreadable();
        }

        _scenario.Source.Add("a", "1");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 2500L), (report.Accepted, report.Rejected));
        Assert.Equal(Enumerable.Range(1, 2500), _scenario.Rejects.Stored.Select(reject => (int)reject.Location.Row));
        Assert.Equal("{\"rows\":2501}", _scenario.State().Checkpoint.Resume);
    }

    [Fact]
    public void A_record_that_alone_is_larger_than_a_call_is_rejected_and_its_neighbours_go_through()
    {
        // Given: a dedupe value is text of any length here
        _scenario.Marketo.Options.StringFieldLength = 1_100_000;
        _scenario
            .Source.Add(new string('x', 1_000_000), "1")
            .Add("a", "1")
            .Add(new string('y', 999_900), "2")
            .Add("b", "1")
            .Add(new string('z', 1_000_000), "3")
            .Add("c", "1");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 4L, 2L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Equal([1L, 5L], _scenario.Rejects.Stored.Select(reject => reject.Location.Row));
        Assert.All(_scenario.Rejects.Stored, reject => Assert.Equal("too-large", reject.Code));
    }

    [Fact]
    public void An_answer_that_lacks_a_record_finishes_nothing_and_the_call_is_sent_again()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.ShortResult(), objectName: SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 10L), (report.Outcome, report.Accepted));
        Assert.Equal(20, _scenario.Marketo.Journal.Count(write => write.Record.ObjectName == SyncScenario.Product));
    }

    [Fact]
    public void Calls_answered_after_one_that_fails_do_not_move_the_position_past_it()
    {
        // Given
        _scenario.Source.Add(1500);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(5);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), nth: 2, objectName: SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 300L), (report.Outcome, report.Accepted));
        Assert.Equal("{\"rows\":300}", _scenario.State().Checkpoint.Resume);
        Assert.Equal(1200, _scenario.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void Calls_still_under_way_when_another_one_fails_are_waited_for_and_count()
    {
        // Given
        _scenario.Source.Add(1500);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Slow(TimeSpan.FromSeconds(60)), nth: 1, objectName: SyncScenario.Product);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), nth: 3, objectName: SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 600L), (report.Outcome, report.Accepted));
        Assert.Equal("{\"rows\":600}", _scenario.State().Checkpoint.Resume);
    }

    [Fact]
    public void A_reject_of_marketo_that_could_not_be_stored_holds_the_position()
    {
        // Given
        _scenario.Source.Add(300).Add("b", "1");
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.SkipRecords("1003"), nth: 2, objectName: SyncScenario.Product);
        _scenario.Rejects.Failure = new IOException("No space left on device");

        // When
        var failed = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, failed.Outcome);
        Assert.Equal("{\"rows\":300}", _scenario.State().Checkpoint.Resume);
    }

    private sealed class Watch(Action<RunProgress> act) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => act(value);
    }
}
