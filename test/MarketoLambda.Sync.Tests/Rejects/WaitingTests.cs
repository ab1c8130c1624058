using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Rejects;

/// <summary>A record whose person does not exist yet waits: a state of its own beside rejected, until it passes or is given up.</summary>
public sealed class WaitingTests
{
    private const long Person = 7;

    private readonly SyncScenario _scenario = new() { KeepsRejectsInMarketo = true, Memory = new MemoryOfAnInstance() };

    public WaitingTests() => _scenario.Job = _scenario.Job with
    {
        Fields = [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Value"), new FieldMapping("owner", "Owner")],
        StopAbovePercentRejected = 100,
    };

    [Fact]
    public void Waiting_records_are_counted_apart_from_rejects()
    {
        // Given
        _scenario.Initialized().Source.Add("a", "1").Add("b", "many").Add([new("c", "3", Owner: "7"), new("d", "4", Owner: "8")]);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 1L, 2L), (report.Accepted, report.Rejected, report.Waiting));
        Assert.Equal((1L, 2L), (report.OpenRejects, report.WaitingInAll));
        Assert.Equal((1L, 2L), (_scenario.State().Rejects!.Open, _scenario.State().Rejects!.Waiting));
        Assert.Equal(("Succeeded with rejects", 1L), (_scenario.State().LastRun!.Outcome, _scenario.State().LastRun!.Rejects));
        Assert.Equal(["waiting", "waiting", "open"], Stages());
        Assert.Contains(_scenario.Log.Lines, line => line.Contains("1 accepted, 1 rejected, 2 waiting in", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_of_which_records_only_wait_has_no_rejects()
    {
        // Given
        _scenario.Initialized().Source.Add("a", "1").Add([new("c", "3", Owner: "7")]);

        // When
        _scenario.Run();

        // Then
        Assert.Equal("Succeeded, some records wait", _scenario.State().LastRun!.Outcome);
        Assert.True(RunOutcomeText.IsSuccess(_scenario.State().LastRun!.Outcome));
    }

    [Fact]
    public void A_record_whose_person_comes_within_the_day_is_imported_and_nobody_is_told()
    {
        // Given
        _scenario.Initialized().Source.Add([new("c", "3", Owner: "7")]);
        _scenario.Run();
        RunEvery(TimeSpan.FromHours(1), times: 3);
        _scenario.Marketo.AddLead(Person);

        // When
        _scenario.Time.Advance(TimeSpan.FromHours(1));
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 0L, 0L), (report.Resolved, report.WaitingInAll, report.OpenRejects));
        Assert.Equal(["resolved"], Stages());
        Assert.Empty(report.Notices);
    }

    [Fact]
    public void After_a_day_it_is_given_up_and_is_a_reject_like_others_and_a_notice_says_so()
    {
        // Given
        _scenario.Initialized().Source.Add([new("c", "3", Owner: "7"), new("d", "4", Owner: "8")]);
        _scenario.Run();

        // When: hourly runs, of which the one after the day finds that the time is over
        var reports = RunEvery(TimeSpan.FromHours(1), times: 30);

        // Then
        var told = Assert.Single(reports, report => report.Notices.Count > 0);
        var notice = Assert.Single(told.Notices);
        Assert.Equal("given-up", notice.Code);
        Assert.StartsWith("2 records waited in vain for the person or record that they name", notice.Message, StringComparison.Ordinal);
        Assert.Equal((2L, 0L), (told.OpenRejects, told.WaitingInAll));
        Assert.Equal(["open", "open"], Stages());
        var counters = _scenario.State().Rejects!;
        Assert.Equal((2L, 0L, null), (counters.Open, counters.Waiting, counters.RetryAt));
        Assert.Equal(RunOutcome.NothingNew, reports[^1].Outcome);
    }

    [Fact]
    public void One_that_a_newer_version_held_back_and_that_was_refused_too_waits_again()
    {
        // Given
        _scenario.Initialized().Source.Add([new("c", "3", Owner: "7")]);
        _scenario.Run();
        _scenario.Source.Add([new("c", "4", Owner: "8")]);

        // When
        _scenario.Run();

        // Then
        Assert.Equal(["waiting", "waiting"], Stages());
        Assert.Equal((0L, 2L), (_scenario.State().Rejects!.Open, _scenario.State().Rejects!.Waiting));
    }

    [Fact]
    public void Where_nothing_is_tried_again_nothing_waits()
    {
        // Given
        _scenario.Job = _scenario.Job with { RetryRejectsFor = TimeSpan.Zero };
        _scenario.Initialized().Source.Add([new("c", "3", Owner: "7")]);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((1L, 0L), (report.Rejected, report.Waiting));
        Assert.Equal(["open"], Stages());
    }

    [Fact]
    public void A_state_object_of_an_older_init_counts_waiting_records_among_the_open_ones_and_they_pass_all_the_same()
    {
        // Given
        var older = StateFields.Definition with { Fields = [.. StateFields.All.Where(field => field != StateFields.WaitingRecords)] };
        _scenario.InitializedWith([older, .. StateSetup.Objects.Where(kept => kept.ApiName != older.ApiName)]);
        _scenario.Source.Add([new("c", "3", Owner: "7"), new("d", "many")]);
        _scenario.Run();
        var before = _scenario.State().Rejects!;
        _scenario.Marketo.AddLead(Person);

        // When
        _scenario.Time.Advance(TimeSpan.FromHours(1));
        var report = _scenario.Run();

        // Then
        Assert.Equal((2L, 0L), (before.Open, before.Waiting));
        Assert.Equal((1L, 1L), (report.Resolved, report.OpenRejects));
        Assert.Equal(1L, _scenario.State().Rejects!.Open);
    }

    [Fact]
    public void One_that_an_older_version_stored_as_open_is_tried_again_and_waits_from_then_on()
    {
        // Given
        _scenario.Initialized().Source.Add([new("c", "3", Owner: "7")]);
        _scenario.Run();
        var state = _scenario.State();
        _scenario.Use(async services =>
        {
            var now = _scenario.Time.GetUtcNow();
            await services.GetRequiredService<RejectTable>().MarkAsync("product_c", [1], RejectStage.Open, now, CancellationToken.None);
            await services
                .GetRequiredService<StateStore>()
                .UpdateAsync(state with { Rejects = state.Rejects! with { Open = 1, Waiting = 0 } }, CancellationToken.None);
        });
        _scenario.Memory = null;

        // When
        _scenario.Time.Advance(TimeSpan.FromHours(1));
        var report = _scenario.Run();

        // Then
        Assert.Equal((0L, 1L), (report.OpenRejects, report.WaitingInAll));
        Assert.Equal(["waiting"], Stages());
    }

    private List<SyncReport> RunEvery(TimeSpan interval, int times)
    {
        List<SyncReport> reports = [];
        for (var run = 0; run < times; run++)
        {
            _scenario.Time.Advance(interval);
            reports.Add(_scenario.Run());
        }

        return reports;
    }

    private IEnumerable<string?> Stages() =>
        _scenario.Marketo.Records(RejectFields.ObjectApiName).OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row["stage"]);
}
