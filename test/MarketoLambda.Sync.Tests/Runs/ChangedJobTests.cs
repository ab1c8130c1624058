using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>A job file that changed between two runs is told: what was imported before is not sent again by itself.</summary>
public sealed class ChangedJobTests
{
    private static readonly JobDefinition Old = new("aaaaaaaaaaaa", "bbbbbbbbbbbb");
    private static readonly JobDefinition New = Old with { Mapping = "cccccccccccc" };

    private readonly SyncScenario _scenario = new(new ListSource().Add(3));

    [Fact]
    public void The_run_after_a_change_says_what_it_means_and_the_one_after_that_does_not()
    {
        // Given
        _scenario.Initialized();
        Assert.Empty(RunAs(Old).Notices);
        _scenario.Source.Add(1);

        // When
        var changed = RunAs(New);
        _scenario.Source.Add(1);
        var next = RunAs(New);

        // Then
        var notice = Assert.Single(changed.Notices);
        Assert.Equal("job-changed", notice.Code);
        Assert.StartsWith(
            "the mapping of this job has changed in the job file since the last run that imported something; rows that were imported "
                + "before are not sent again",
            notice.Message,
            StringComparison.Ordinal);
        Assert.Contains("\"marketo-lambda reset product_c\"", notice.Message, StringComparison.Ordinal);
        Assert.Empty(next.Notices);
        Assert.Equal(New, _scenario.State().Definition);
    }

    [Fact]
    public void A_change_is_told_as_long_as_nothing_new_comes_and_recorded_once()
    {
        // Given
        _scenario.Initialized();
        RunAs(Old);

        // When
        var first = RunAs(New);
        var second = RunAs(New);

        // Then
        Assert.All([first, second], report => Assert.Equal("job-changed", Assert.Single(report.Notices).Code));
        Assert.Equal((RunOutcome.Succeeded, RunOutcome.NothingNew), (first.Outcome, second.Outcome));
        Assert.StartsWith("1 notice (job-changed 1)", _scenario.State().Notices, StringComparison.Ordinal);
        Assert.NotNull(_scenario.State().ChangeOf(_scenario.Job));
    }

    [Fact]
    public void Nothing_is_told_where_nothing_was_imported_before()
    {
        _scenario.Initialized();
        _scenario.Source.Add(1);

        Assert.Empty(RunAs(New).Notices);
    }

    [Fact]
    public void A_state_object_without_the_field_does_not_stop_a_run()
    {
        // Given
        StateTable older = StateFields.Definition with { Fields = [.. StateFields.All.Where(field => field != StateFields.JobDefinition)] };
        _scenario.InitializedWith(older, RunFields.Definition);

        // When
        RunAs(Old);
        _scenario.Source.Add(1);
        var report = RunAs(New);

        // Then
        Assert.Equal((RunOutcome.Succeeded, 0), (report.Outcome, report.Notices.Count));
    }

    private SyncReport RunAs(JobDefinition definition)
    {
        _scenario.Job = _scenario.Job with { Definition = definition };
        return _scenario.Run();
    }
}
