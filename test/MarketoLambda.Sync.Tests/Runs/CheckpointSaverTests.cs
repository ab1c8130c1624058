using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Tests.Batching;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>What the state record says during and after a run, whatever becomes of the writes to it.</summary>
public sealed class CheckpointSaverTests
{
    private readonly SyncScenario _scenario = new SyncScenario().Initialized();

    [Fact]
    public void A_checkpoint_whose_reply_was_lost_never_lands_on_top_of_the_last_one()
    {
        // Given: the first save gets no answer twice, and its last try is executed late
        _scenario.Source.Add(60_000);
        _scenario.Marketo.Options.LatencyOf = Seconds(20);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.BrokenConnection(), nth: 1, objectName: StateFields.ObjectApiName);
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.BrokenConnection().TakesEffectAfter(TimeSpan.FromSeconds(100)),
            nth: 2,
            objectName: StateFields.ObjectApiName);

        // When
        var report = _scenario.Run();
        _scenario.Time.Advance(TimeSpan.FromMinutes(5));

        // Then
        var state = _scenario.State();
        Assert.Equal((RunOutcome.Failed, false), (report.Outcome, report.IsAlerted));
        Assert.Equal("Failed", state.LastRun!.Outcome);
        Assert.Equal($"{{\"rows\":{report.Accepted}}}", state.Checkpoint.Resume);
        Assert.Equal(report.Accepted, state.TotalRecordsInEpoch);
    }

    [Fact]
    public void A_checkpoint_saved_on_the_way_tells_of_a_run_that_is_not_over()
    {
        // Given
        _scenario.Source.Add(60_000);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);

        // When
        _scenario.Run();

        // Then: number, outcome and counts of every save belong to this run
        var saves = _scenario
            .Marketo.Journal.Where(write => write.Record.ObjectName == StateFields.ObjectApiName)
            .Skip(1)
            .Select(write => write.Record)
            .ToList();
        Assert.InRange(saves.Count, 4, 9);
        Assert.All(saves, save => Assert.Equal("1", save["lastRunNumber"]));
        Assert.All(saves.SkipLast(1), save => Assert.Equal(("Running", null), (save["lastRunOutcome"], save["lastRunEndedAt"])));
        Assert.All(saves, save => Assert.Equal($"{{\"rows\":{save["lastRunRecords"]}}}", save["resumePosition"]));
        var totals = saves.Select(save => save.Fields["totalRecordsInEpoch"].GetInt32()).ToList();
        Assert.Equal(totals.Distinct().Order(), totals);
    }

    [Fact]
    public void A_save_on_the_way_that_is_refused_ends_the_run_and_what_was_finished_is_recorded_at_the_end()
    {
        // Given
        _scenario.Source.Add(60_000);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), objectName: StateFields.ObjectApiName);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, false), (report.Outcome, report.IsAlerted));
        Assert.Empty(_scenario.Alerts.Sent);
        Assert.InRange(report.Accepted, 1, 59_999);
        Assert.Equal(("Failed", report.Accepted), (_scenario.State().LastRun!.Outcome, _scenario.State().TotalRecordsInEpoch));
        Assert.Equal($"{{\"rows\":{report.Accepted}}}", _scenario.State().Checkpoint.Resume);
    }

    [Fact]
    public void A_save_that_still_hangs_at_the_end_is_waited_for_before_the_last_one_is_sent()
    {
        // Given: the save of the first minute takes longer than the rest of the run
        _scenario.Source.Add(12_000);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(9);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Slow(TimeSpan.FromSeconds(100)), objectName: StateFields.ObjectApiName);

        // When
        _scenario.Run();

        // Then
        var saves = _scenario
            .Marketo.Calls.Newest.Where(call => call.Kind == CallKind.Sync && call.ObjectName == StateFields.ObjectApiName)
            .Skip(1)
            .ToList();
        Assert.Equal(2, saves.Count);
        Assert.True(saves[1].ArrivedAt >= saves[0].CompletedAt);
        Assert.Equal("{\"rows\":12000}", _scenario.State().Checkpoint.Resume);
    }

    [Fact]
    public void A_state_record_that_is_deleted_during_the_run_leaves_one_alert()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.Always(CallKind.Sync, Fault.SkipRecords("1013"), StateFields.ObjectApiName);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, true), (report.Outcome, report.IsAlerted));
        Assert.Contains("1013", Assert.Single(_scenario.Alerts.Sent).Text, StringComparison.Ordinal);
        Assert.Contains("marketo-lambda init", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_record_that_is_doubled_during_the_run_is_told_by_the_next_run_with_both_ids()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        var duplicate = _scenario.Marketo.Seed(StateFields.ObjectApiName, $$"""{ "aPIName": "{{SyncScenario.Product}}" }""");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, true), (report.Outcome, report.IsAlerted));
        Assert.Contains(duplicate.ToString(), report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_a_file_was_finished_stays_until_the_next_file_is()
    {
        // Given
        List<DateTimeOffset?> times = [];
        _scenario.Use(async services =>
        {
            var states = (StateStore)services.GetService(typeof(StateStore))!;
            CommittedPrefix prefix = new(Checkpoint.Start);
            CheckpointSaver saver = new(
                states,
                await states.ReadAsync(SyncScenario.Product, default),
                new LastRun
                {
                    Number = 1,
                    Outcome = "Running",
                    StartedAt = _scenario.Time.GetUtcNow(),
                },
                new ImportPlan(_scenario.Job),
                _scenario.Time);

            // When
            foreach (var position in new Checkpoint[]
            {
                new() { LastFileName = "a.csv", LastFileRecords = 3 },
                new() { LastFileName = "a.csv", LastFileRecords = 3, Resume = "half of b" },
                new() { LastFileName = "b.csv", LastFileRecords = 3 },
                new() { LastFileName = "b.csv", LastFileRecords = 4 },
            })
            {
                _scenario.Time.Advance(TimeSpan.FromMinutes(2));
                Batch batch = new(Batches.Target, Batches.MaxRecords) { EndPosition = position };
                prefix.Begin(batch);
                prefix.Finish(batch, rejected: 0, waiting: 0, superseded: 0);
                await saver.SaveIfDueAsync(prefix, default);
                times.Add(saver.Saved.LastFileIngestedAt);
            }
        });

        // Then
        Assert.Equal(times[0], times[1]);
        Assert.Equal([TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(2)], [times[2] - times[1], times[3] - times[2]]);
    }

    private static Func<CallKind, Random, TimeSpan> Seconds(int seconds) => (_, _) => TimeSpan.FromSeconds(seconds);
}
