using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Logs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>What a source notices reaches people: a line of the log, a metric, and the state record until it is over.</summary>
public sealed class NoticeTests
{
    private const string Told = "1 notice (late-file 1): a.csv: The file is not read";

    private static readonly SourceNotice Late = new(new SourceLocation("a.csv", 0), "late-file", "The file is not read");

    private readonly SyncScenario _scenario = new SyncScenario
    {
        Memory = new MemoryOfAnInstance(),
        CloudWatch = new MemoryStream(),
    }.Initialized();

    [Fact]
    public void A_run_that_finds_nothing_but_a_notice_records_it_once_and_later_ones_make_no_call()
    {
        // Given
        _scenario.Source.Notices.Add(Late);

        // When
        var first = _scenario.Run();
        var calls = _scenario.Marketo.Calls.Arrived;
        var second = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, RunOutcome.NothingNew), (first.Outcome, second.Outcome));
        Assert.Equal(calls, _scenario.Marketo.Calls.Arrived);
        Assert.Equal(Told, _scenario.State().Notices);
        Assert.Equal(new RunNotice("late-file", "a.csv", "The file is not read"), Assert.Single(second.Notices));
    }

    [Fact]
    public void A_cold_start_knows_that_the_notice_is_recorded()
    {
        // Given
        _scenario.Source.Notices.Add(Late);
        _scenario.Run();
        _scenario.Memory = new MemoryOfAnInstance();

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.NothingNew, 1L), (report.Outcome, _scenario.State().LastRun!.Number));
    }

    [Fact]
    public void When_it_is_over_the_state_record_forgets_it_and_after_that_idle_runs_make_no_call()
    {
        // Given
        _scenario.Source.Notices.Add(Late);
        _scenario.Run();
        _scenario.Source.Notices.Clear();

        // When
        _scenario.Run();
        var calls = _scenario.Marketo.Calls.Arrived;
        _scenario.Run();

        // Then
        Assert.Equal(calls, _scenario.Marketo.Calls.Arrived);
        Assert.Equal("", _scenario.State().Notices);
    }

    [Theory]
    [InlineData("late-file", "a.csv", "The file of 12:15 is not read", 1)]
    [InlineData("late-file", "b.csv", "The file is not read", 2)]
    [InlineData("no-rows", "a.csv", "The file is not read", 2)]
    public void Kind_and_place_say_whether_it_is_still_the_same_and_a_sentence_may_tell_the_time(
        string code,
        string file,
        string message,
        long runs)
    {
        // Given
        _scenario.Source.Notices.Add(Late);
        _scenario.Run();
        _scenario.Source.Notices[0] = new SourceNotice(new SourceLocation(file, 0), code, message);

        // When
        _scenario.Run();

        // Then
        Assert.Equal(runs, _scenario.State().LastRun!.Number);
    }

    [Fact]
    public void Every_run_that_sees_it_writes_one_line_for_cloudwatch_and_counts_one()
    {
        // Given
        Dictionary<string, long> counted = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == MarketoTelemetry.Name && instrument.Name == "marketolambda.notices")
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags.ToArray().Contains(new("code", "only-here")) && tags.ToArray().Contains(new("job", SyncScenario.Product)))
            {
                counted["only-here"] = counted.GetValueOrDefault("only-here") + count;
            }
        });
        listener.Start();
        _scenario.Source.Notices.Add(new SourceNotice(new SourceLocation("a.csv", 3), "only-here", "The row is odd"));
        _scenario.Source.Add(10);

        // When
        _scenario.Run();
        _scenario.Run();

        // Then
        var lines = CloudWatch().Where(line => line.GetProperty("eventId").GetInt32() == LogEvents.Notice).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(
            (Level: "Warning", Job: SyncScenario.Product, Code: "only-here", Place: "a.csv row 3", Notice: "The row is odd"),
            (Level: Text(line, "level"), Job: Text(line, "Job"), Code: Text(line, "Code"), Place: Text(line, "Location"),
                Notice: Text(line, "Notice"))));
        Assert.Equal(2, counted["only-here"]);
    }

    [Fact]
    public void The_checkpoint_that_passes_a_row_tells_what_was_said_of_it_so_a_death_after_it_loses_nothing()
    {
        // Given
        _scenario.Source.Add(60_000);
        _scenario.Source.Replace(
            10,
            row => row with { Notice = new SourceNotice(new SourceLocation("list", 11), "odd-row", "The row is odd") },
            1);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);

        // When
        _scenario.Run();

        // Then
        var saves = _scenario
            .Marketo.Journal.Where(write => write.Record.ObjectName == StateFields.ObjectApiName)
            .Skip(1)
            .Select(write => write.Record)
            .ToList();
        Assert.True(saves.Count > 3);
        Assert.All(saves, save => Assert.Equal("1 notice (odd-row 1): list row 11: The row is odd", save["lastRunNotices"]));
    }

    [Fact]
    public void A_run_that_does_not_read_the_source_to_its_end_proves_nothing_to_be_over()
    {
        // Given
        _scenario.Source.Notices.Add(Late);
        _scenario.Run();
        _scenario.Source.Notices.Clear();
        _scenario.Source.BreakAt(0, new SourceException("The folder is gone."));

        // When
        var broken = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, Told), (broken.Outcome, _scenario.State().Notices));
    }

    [Fact]
    public void A_state_object_without_the_field_works_as_before_and_nothing_is_written_again_and_again()
    {
        // Given: an init before there were notices
        var scenario = new SyncScenario { Memory = new MemoryOfAnInstance() }.InitializedWith(
            StateFields.Definition with { Fields = [.. StateFields.All.Where(field => field != StateFields.LastRunNotices)] },
            RunFields.Definition with { Fields = [.. RunFields.Definition.Fields.Where(field => field != RunFields.Notices)] },
            RejectFields.Definition);
        scenario.Source.Notices.Add(Late);
        scenario.Source.Add(3);

        // When
        var first = scenario.Run();
        var calls = scenario.Marketo.Calls.Arrived;
        var second = scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, RunOutcome.NothingNew), (first.Outcome, second.Outcome));
        Assert.Equal(calls, scenario.Marketo.Calls.Arrived);
        Assert.Null(scenario.State().Notices);
        Assert.Contains(scenario.Log.Lines, line => line.Contains("late-file", StringComparison.Ordinal));
    }

    [Fact]
    public void Thousands_of_notices_are_counted_and_the_first_hundred_are_told()
    {
        // Given
        foreach (var number in Enumerable.Range(1, 5000))
        {
            _scenario.Source.Notices.Add(
                new SourceNotice(new SourceLocation($"{number:0000}.csv", 0), "late-file", "The file is not read"));
        }

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((100, 5000L), (report.Notices.Count, report.NoticeCount));
        Assert.Equal("5,000 notices (late-file 5000): 0001.csv: The file is not read", _scenario.State().Notices);
        Assert.Equal(100, CloudWatch().Count(line => line.GetProperty("eventId").GetInt32() == LogEvents.Notice));
    }

    [Fact]
    public void A_place_longer_than_a_field_is_cut_and_not_written_again()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Notices.Add(new SourceNotice(new SourceLocation(new string('n', 3000), 0), "late-file", "The file is not read"));
        scenario.Run();

        // When
        scenario.Run();

        // Then
        Assert.Equal(1, scenario.State().LastRun!.Number);
    }

    [Fact]
    public void The_run_records_keep_what_each_run_saw()
    {
        // Given
        _scenario.Source.Notices.Add(Late);
        _scenario.Run();
        _scenario.Source.Notices.Clear();
        _scenario.Run();

        // Then
        var rows = _scenario.Marketo.Records(RunFields.ObjectApiName).Where(row => row["stage"] == "done").Select(row => row["notices"]);
        Assert.Equal([Told, null], rows);
    }

    private IEnumerable<JsonElement> CloudWatch() => Encoding.UTF8.GetString(_scenario.CloudWatch!.ToArray())
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement);

    private static string? Text(JsonElement line, string member) => line.GetProperty(member).GetString();
}
