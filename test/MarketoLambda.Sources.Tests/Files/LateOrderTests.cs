using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>A row of a late or replaced file never ends on top of a newer one: with the whole engine.</summary>
public sealed class LateOrderTests
{
    private readonly MemoryFolder _folder = new();
    private CsvFolderOptions _options = Drop.Options with { SettleTime = TimeSpan.Zero };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_a_late_file_only_what_no_later_name_holds_is_sent(bool isReplacement)
    {
        // Given
        var scenario = Scenario();
        if (isReplacement)
        {
            Write("01.csv", "old,0", minute: 1);
        }

        Write("02.csv", "a,2\nb,2", minute: 2);
        Write("03.csv", "c,3", minute: 3);
        scenario.Run();
        // When
        Write("01.csv", "a,1\nc,1\nd,1", minute: 4);
        var report = scenario.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, 1L), (report.Outcome, report.Accepted));
        Assert.Equal(("2", "2", "3", "1"), (Value(scenario, "a"), Value(scenario, "b"), Value(scenario, "c"), Value(scenario, "d")));
        Assert.Contains(
            report.Notices,
            notice =>
                notice.Code == "late-file"
                && notice
                    .ToString()
                    .Contains(
                        "2 files above it were compared, and 2 rows of it are not sent, because newer ones of the same records were "
                            + "imported",
                        StringComparison.Ordinal));
        Assert.Equal(0, scenario.Run().Accepted); // the notice is over, which is recorded
        Assert.Equal(RunOutcome.NothingNew, scenario.Run().Outcome);
    }

    [Fact]
    public void A_newer_version_that_was_rejected_stays_open_and_the_older_one_is_not_sent()
    {
        // Given
        var scenario = Scenario(keepsRejectsInMarketo: true);
        Write("02.csv", "a,many\nb,2", minute: 2);
        scenario.Run();
        // When
        Write("01.csv", "a,1\nd,1", minute: 4);
        var report = scenario.Run();
        // Then
        Assert.Equal(1, report.Accepted);
        Assert.Null(Value(scenario, "a"));
        Assert.Equal("open", Assert.Single(scenario.Marketo.Records(RejectFields.ObjectApiName))[RejectFields.Stage.Name]);
    }

    [Fact]
    public void Where_the_files_above_are_gone_the_job_stops_and_says_what_to_do_or_imports_the_late_one_as_the_newest_if_told_so()
    {
        // Given
        Write("01.csv", "z,1", minute: 1);
        Write("02.csv", "a,2", minute: 2);
        var careful = Scenario();
        careful.Run();
        _folder.Remove("02.csv");
        Write("03.csv", "c,3", minute: 3);
        careful.Run();
        Write("01.csv", "a,1\nz,2", minute: 4);
        // When
        var refused = careful.Run();
        var valueThen = Value(careful, "a");
        _options = _options with { Files = new FolderHabits { LateFilesWin = true } };
        careful.Job = careful.Job with { Source = new CsvFolderSource(_folder, _options, careful.Time) };
        var imported = careful.Run();
        // Then
        Assert.Equal((RunOutcome.Failed, "2"), (refused.Outcome, valueThen));
        Assert.StartsWith(
            "01.csv came, or was replaced, after files with greater names were imported, and not all of those are here any more",
            refused.Error,
            StringComparison.Ordinal);
        Assert.Equal((RunOutcome.Succeeded, 2L), (imported.Outcome, imported.Accepted));
        Assert.Equal("1", Value(careful, "a"));
    }

    [Fact]
    public void A_key_that_only_may_be_the_same_becomes_a_reject_and_is_neither_sent_nor_passed_over()
    {
        // Given
        var scenario = Scenario();
        Write("02.csv", "ABC,2", minute: 2);
        scenario.Run();
        // When
        Write("01.csv", "abc,1", minute: 4);
        var report = scenario.Run();
        // Then
        Assert.Equal((0, 1), (report.Accepted, report.Rejected));
        Assert.Equal("late-row", Assert.Single(scenario.Rejects.Stored).Code);
    }

    [Fact]
    public void With_a_cursor_the_time_of_a_row_decides_and_not_the_name_of_its_file()
    {
        // Given
        _options = _options with { CursorColumn = "At" };
        var scenario = Scenario();
        WriteTimed("02.csv", "a,2,2026-01-02T00:00:00.5Z\nb,2,2026-01-02T00:00:00Z\nc,2,");
        scenario.Run();
        // When
        WriteTimed("01.csv", "a,1,2026-01-02T00:00:00.2Z\nb,1,2026-01-03T00:00:00Z\nc,1,\nd,1,2026-01-01T00:00:00Z");
        var report = scenario.Run();
        // Then: d's row is below the mark, but never was imported
        Assert.Equal(2, report.Accepted);
        Assert.Equal(("2", "1", "2", "1"), (Value(scenario, "a"), Value(scenario, "b"), Value(scenario, "c"), Value(scenario, "d")));
    }

    [Fact]
    public void With_a_cursor_a_late_file_is_compared_with_files_of_smaller_names_too()
    {
        // Given
        _options = _options with { CursorColumn = "At" };
        var scenario = Scenario();
        WriteTimed("01.csv", "a,1,2026-01-02T00:00:00Z");
        WriteTimed("03.csv", "b,3,2026-01-03T00:00:00Z");
        scenario.Run();
        // When
        WriteTimed("02.csv", "a,2,2026-01-01T00:00:00Z\ne,2,2026-01-02T12:00:00Z");
        var report = scenario.Run();
        // Then
        Assert.Equal(("1", "3", "2"), (Value(scenario, "a"), Value(scenario, "b"), Value(scenario, "e")));
        Assert.Contains(
            report.Notices,
            notice => notice.Code == "late-file" && notice.ToString().Contains("1 row of it is not sent", StringComparison.Ordinal));
    }

    [Fact]
    public void With_a_cursor_a_late_file_stops_the_job_where_a_file_that_may_hold_newer_rows_is_gone()
    {
        // Given
        _options = _options with { CursorColumn = "At" };
        var scenario = Scenario();
        WriteTimed("01.csv", "a,1,2026-01-02T00:00:00Z");
        WriteTimed("03.csv", "b,3,2026-01-03T00:00:00Z");
        scenario.Run();
        _folder.Remove("01.csv");
        // When
        WriteTimed("02.csv", "a,2,2026-01-01T00:00:00Z");
        var report = scenario.Run();
        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.StartsWith(
            "02.csv came, or was replaced, after files with greater names were imported, and not all of those are here any more",
            report.Error,
            StringComparison.Ordinal);
        Assert.Equal("1", Value(scenario, "a"));
    }

    [Fact]
    public void With_a_cursor_a_file_that_is_written_again_and_again_is_not_sent_again_as_a_whole()
    {
        // Given
        _options = _options with { CursorColumn = "At" };
        var scenario = Scenario();
        WriteTimed("asia.csv", "a,1,2026-01-01T00:00:00Z\nb,1,2026-01-02T00:00:00Z");
        WriteTimed("europe.csv", "c,1,2026-01-02T00:00:00Z");
        scenario.Run();
        // When
        WriteTimed("asia.csv", "a,1,2026-01-01T00:00:00Z\nb,1,2026-01-02T00:00:00Z\nd,1,2026-01-03T00:00:00Z");
        var report = scenario.Run();
        // Then
        Assert.Equal(2, report.Accepted); // b stands at the mark
        Assert.Contains(
            report.Notices,
            notice => notice.ToString().Contains("its rows from the mark on are imported again", StringComparison.Ordinal));
    }

    [Fact]
    public void A_late_file_that_is_half_imported_when_the_run_ends_is_compared_again()
    {
        // Given
        var scenario = Scenario();
        Write("02.csv", string.Join('\n', Enumerable.Range(0, 40_000).Where(row => row % 2 == 0).Select(row => $"k{row},2")), minute: 2);
        scenario.Run();
        Write("01.csv", string.Join('\n', Enumerable.Range(0, 40_000).Select(row => $"k{row},1")), minute: 4);
        scenario.Marketo.Options.LatencyOf = (_, _) => TimeSpan.FromSeconds(10);
        // When
        List<SyncReport> reports = [];
        do
        {
            reports.Add(scenario.Run(limit: TimeSpan.FromMinutes(3)));
        }
        while (reports[^1].Outcome == RunOutcome.Continued && reports.Count < 20);

        // Then
        Assert.InRange(reports.Count, 2, 19);
        Assert.All(
            scenario.Marketo.Records(SyncScenario.Product),
            record =>
                Assert.Equal(
                    int.Parse(record.Key[1..], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0 ? "2" : "1",
                    record["amount"]));
        Assert.Equal(40_000, scenario.Marketo.Count(SyncScenario.Product));
    }

    private static string? Value(SyncScenario scenario, string key) =>
        scenario.Marketo.Records(SyncScenario.Product).FirstOrDefault(record => record.Key == key)?["amount"];

    private SyncScenario Scenario(bool keepsRejectsInMarketo = false)
    {
        SwappedTime time = new();
        var scenario = new SyncScenario(new CsvFolderSource(_folder, _options, time))
        {
            KeepsRejectsInMarketo = keepsRejectsInMarketo,
        }.Initialized();
        time.Inner = scenario.Time;
        scenario.Job = scenario.Job with { StopAbovePercentRejected = 100 };
        return scenario;
    }

    private void Write(string name, string rows, int minute) => _folder.Write(name, $"Key,Value\n{rows}\n", Drop.Noon.AddMinutes(minute));

    private void WriteTimed(string name, string rows) => _folder.Write(name, $"Key,Value,At\n{rows}\n", Drop.Noon);
}
