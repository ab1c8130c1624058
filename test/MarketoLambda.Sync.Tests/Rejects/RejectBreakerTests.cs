using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Rejects;

/// <summary>Invariant I12: a changed source or object must not put a whole table aside.</summary>
public sealed class RejectBreakerTests
{
    private readonly SyncScenario _scenario = new SyncScenario().Initialized();

    [Fact]
    public void A_file_all_of_whose_rows_are_bad_stops_the_run_and_nothing_is_put_aside()
    {
        // Given: a column has changed its type
        _scenario.Source.Add(600, "many");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Empty(_scenario.Rejects.Stored);
        Assert.Null(_scenario.State().Checkpoint.Resume);
        Assert.Contains(
            "600 of the first 600 records of product_c were rejected, more than 5 %, so the run stopped. Why: wrong-type (600 times), first "
                + "at list row 1: amount needs a whole number (column \"Value\"). Probably the source, the job or the target has changed. "
                + "Nothing is lost",
            report.Error,
            StringComparison.Ordinal);
        Assert.Contains("\"stopAbovePercent\": 100", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("many", report.Error, StringComparison.Ordinal);

        // When: somebody wants it nevertheless
        _scenario.Job = _scenario.Job with { StopAbovePercentRejected = 100 };
        var next = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 600L), (next.Outcome, next.Rejected));
        Assert.Equal(600, _scenario.Rejects.Stored.Count);
    }

    [Fact]
    public void Fewer_than_twenty_never_stop_a_run()
    {
        // Given
        _scenario.Source.Add(19, "many");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 19L), (report.Outcome, report.Rejected));
    }

    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(19, 0, true)]
    [InlineData(18, 1, false)]
    public void A_run_of_which_nothing_was_taken_says_so_although_it_goes_on(int bad, int good, bool isTold)
    {
        // Given
        _scenario.Source.Add(bad, "many").Add(good);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, bad), (report.Outcome, report.Rejected));
        Assert.Equal(isTold ? ["all-rejected"] : [], report.Notices.Select(notice => notice.Code));
        Assert.All(
            report.Notices,
            notice =>
                Assert.Equal(
                    $"list row 1: all {bad} records that were read were rejected: wrong-type ({bad} times), first at list row 1: amount needs a "
                        + "whole number (column \"Value\"). "
                        + "Probably the source, the job or the target has changed. The rejects are kept and nothing waits for them: "
                        + "correct what is wrong, "
                        + "then run \"marketo-lambda rejects retry product_c\", or import the corrected records",
                    notice.ToString()));
    }

    [Fact]
    public void A_run_of_many_batches_of_which_nothing_was_taken_says_so_where_the_job_allows_it()
    {
        // Given
        _scenario.Source.Add(12_000, "many");
        _scenario.Job = _scenario.Job with { StopAbovePercentRejected = 100 };

        // Then
        Assert.Contains("all 12,000 records that were read", Assert.Single(_scenario.Run().Notices).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, RunOutcome.Succeeded)]
    [InlineData(16, RunOutcome.Failed)]
    public void Five_percent_are_put_aside_and_more_stop_the_run(int badOf300, RunOutcome expected)
    {
        // Given
        for (var batch = 0; batch < 4; batch++)
        {
            _scenario.Source.Add(300 - badOf300).Add(badOf300, "many");
        }

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(expected, report.Outcome);
    }

    [Fact]
    public void Batches_finished_before_keep_their_rejects_and_the_one_that_trips_it_holds_the_position()
    {
        // Given
        _scenario.Source.Add(290).Add(10, "many").Add(600).Add(300, "many").Add(300);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 600L, 10L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Equal(10, _scenario.Rejects.Stored.Count);

        // When: the source is corrected
        _scenario.Source.Replace(900, row => row with { Value = "1" }, count: 300);
        var next = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 890L), (next.Outcome, next.Accepted));
        Assert.Equal(1490, _scenario.Marketo.Count(SyncScenario.Product));
        Assert.Equal(10, _scenario.Rejects.Stored.Count);
    }

    [Fact]
    public void What_stopped_a_run_stands_in_its_record_with_the_beginning_of_its_values()
    {
        // Given
        SyncScenario scenario = new SyncScenario { KeepsRejectsInMarketo = true }.Initialized();
        var value = $"{new string('x', count: 98)}🎉{new string('x', count: 3000)}";
        scenario.Source.Add(600, value);

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L, 0L), (report.Outcome, report.Rejected, report.OpenRejects));
        Assert.Equal(
            [1, 2, 3],
            ExamplesOf(scenario).Select(example => example.Location.Row));
        Assert.Equal(
            new RejectExample("wrong-type", "amount needs a whole number (column \"Value\").", new("list", 1))
            {
                Key = "key-000000",
                Field = "amount",
                Value = $"{value[..98]}…",
            },
            ExamplesOf(scenario)[0]);
        Assert.Contains("\"marketo-lambda rejects list product_c\" shows some of them", report.Error, StringComparison.Ordinal);

        // When: the source is corrected
        scenario.Source.Replace(0, row => row with { Value = "1" }, count: 600);
        var next = scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 600L), (next.Outcome, next.Accepted));
        Assert.Empty(ExamplesOf(scenario));
    }

    [Fact]
    public void An_example_that_the_field_does_not_hold_is_left_out_whole()
    {
        // Given: somebody made the field by hand, for 255 characters
        var shorter = RunFields.Examples with { DataType = "string" };
        SyncScenario scenario = new() { KeepsRejectsInMarketo = true };
        scenario.InitializedWith([
            .. StateSetup.Objects.Where(table => table.ApiName != RunFields.ObjectApiName),
            RunFields.Definition with
            {
                Fields = [.. RunFields.Definition.Fields.Select(field => field == RunFields.Examples ? shorter : field)],
            },
        ]);
        scenario.Source.Add(600, "many");

        // When
        scenario.Run();

        // Then
        Assert.Equal([1], ExamplesOf(scenario).Select(example => example.Location.Row));
    }

    [Fact]
    public void Where_rejects_are_kept_elsewhere_no_value_of_them_comes_into_marketo()
    {
        // Given
        _scenario.Source.Add(600, "many");

        // When
        _scenario.Run();

        // Then
        Assert.Empty(ExamplesOf(_scenario));
    }

    [Fact]
    public void Rejects_of_marketo_count_alike()
    {
        // Given
        _scenario.Source.Add(600);
        _scenario.Marketo.Faults.Always(CallKind.Sync, Fault.SkipRecords("1003"), SyncScenario.Product);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L), (report.Outcome, report.Rejected));
        Assert.Contains("Why: 1003 (300 times)", report.Error, StringComparison.Ordinal);
        Assert.Empty(_scenario.Rejects.Stored);
    }

    [Fact]
    public void What_comes_after_the_first_10_000_records_may_be_as_bad_as_it_likes()
    {
        // Given
        _scenario.Source.Add(10_200).Add(900, "many");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 900L), (report.Outcome, report.Rejected));
    }

    private static IReadOnlyList<RejectExample> ExamplesOf(SyncScenario scenario) =>
        [
            .. scenario
                .Marketo.Records(RunFields.ObjectApiName)
                .Where(run => run["stage"] == "done")
                .TakeLast(1)
                .SelectMany(run => run[RunFields.Examples.Name]?.Split('\n') ?? [])
                .Select(line => RejectExample.Read(line)!),
        ];
}
