using System.Text;
using System.Text.Json;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Logs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Simulation;

/// <summary>
/// From a source over the engine to CloudWatch and the state record: a notice of every kind arrives at both, with its code.
/// </summary>
public sealed class NoticeEndToEndTests : IDisposable
{
    private readonly DropFolder _folder = new();
    private readonly MemoryStream _cloudWatch = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("no-rows", "id,at\n")]
    [InlineData("empty-rows", "id,at\n1,2026-01-01\n,\n")]
    [InlineData("repeated-header", "id,at\n1,2026-01-01\nid,at\n")]
    [InlineData("repeated-column", "id,at,x,x\n1,2026-01-01,,\n")]
    [InlineData("swallowed-lines", "id,at,x\n1,2026-01-01,\"a\n2,2026-01-01,b\"\n")]
    [InlineData("no-cursor", "id,at\n1,\n")]
    [InlineData("cursor-in-future", "id,at\n1,2099-01-01\n")]
    public void Of_a_file_s_rows(string code, string text)
    {
        // Given
        _folder.With("a.csv", text);

        // Then
        Arrives(code, "a.csv", Files(new CsvFolderOptions { CursorColumn = "at" }));
    }

    [Fact]
    public void Of_a_property_that_no_object_has()
    {
        // Given
        _folder.With("a.jsonl", "{\"Id\":\"1\"}\n");

        // Then
        Arrives(
            "missing-property",
            "a.jsonl",
            KindReading.Source(_folder.Files, new JsonLinesFormat(), KindReading.AllFiles, _folder.Clock));
    }

    [Fact]
    public void Of_a_file_that_may_still_be_being_written()
    {
        // Given
        _folder.With("a.csv", "id\n1\n", TimeSpan.FromSeconds(1));

        // Then
        Arrives("file-not-settled", "a.csv", Files(Drop.Options));
    }

    [Fact]
    public void Of_a_file_from_the_future()
    {
        // Given
        _folder.With("a.csv", "id\n1\n", -TimeSpan.FromHours(1));

        // Then
        Arrives("file-from-the-future", "a.csv", Files(Drop.Options));
    }

    [Fact]
    public void Of_something_that_is_no_file()
    {
        // Given
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no devices in folders");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "a.csv"), "/dev/zero");

        // Then
        Arrives("not-a-file", "a.csv", Files(Drop.Options));
    }

    [Fact]
    public void Of_a_file_that_was_replaced()
    {
        // Given
        _folder.With("a.csv", "id\n1\n");
        var scenario = Scenario(Files(Drop.Options));
        scenario.Run();
        _folder.With("a.csv", "id\n2\n3\n");

        // Then
        Arrives("file-replaced", "a.csv", scenario);
    }

    [Theory]
    [InlineData("no-cursor")]
    [InlineData("cursor-in-future")]
    public void Of_a_table_s_rows(string code)
    {
        // Given
        MemoryTable table = new();
        table.Put("1", code == "no-cursor" ? null : MemoryTable.Noon.AddYears(70));

        // Then
        Arrives(code, "products", table);
    }

    [Fact]
    public void Of_a_source_whose_clock_was_set_back()
    {
        // Given
        MemoryTable table = new() { Clock = () => MemoryTable.Noon };
        table.Put("1", MemoryTable.Noon.AddHours(-1));
        var scenario = Scenario(table);
        scenario.Run();
        table.Clock = () => MemoryTable.Noon.AddDays(-1);

        // Then
        Arrives("mark-in-future", "products", scenario);
    }

    [Fact]
    public void Of_a_file_that_came_late()
    {
        // Given
        _folder.With("b.csv", "id\n1\n");
        var scenario = Scenario(Files(Drop.Options));
        scenario.Run();
        _folder.With("a.csv", "id\n1\n2\n");

        // Then
        Arrives("late-file", "a.csv", scenario);
    }

    [Fact]
    public void Of_a_file_without_a_byte() => Arrives("empty-file", "a.csv", Files(Drop.Options), () => _folder.With("a.csv", ""));

    [Fact]
    public void Of_a_folder_without_a_file() => Arrives("no-files", _folder.Path, Files(Drop.Options));

    [Fact]
    public void Of_a_pattern_that_no_file_fits() =>
        Arrives(
            "no-file-fits",
            _folder.Path,
            Files(Drop.Options with { Patterns = ["products-*.csv"] }),
            () => _folder.With("produkte.csv", "id\n1\n"));

    [Fact]
    public void Of_a_feed_that_has_stopped()
    {
        // Given
        _folder.With("a.csv", "id\n1\n");
        var scenario = Scenario(Files(Drop.Options with { Files = new FolderHabits { ExpectNewEvery = TimeSpan.FromHours(26) } }));
        scenario.Run();
        _folder.Clock.Advance(TimeSpan.FromHours(27));

        // Then
        Arrives("nothing-new-for-too-long", _folder.Path, scenario);
    }

    [Theory]
    [InlineData("dead-link", "missing.csv")]
    [InlineData("link-loop", "a.csv")]
    public void Of_a_link_that_leads_to_no_file(string code, string target) =>
        Arrives(
            code,
            "a.csv",
            Files(Drop.Options),
            () => File.CreateSymbolicLink(Path.Combine(_folder.Path, "a.csv"), Path.Combine(_folder.Path, target)));

    /// <summary>The kinds that only a server can give rise to; that it does, the tests of its source show.</summary>
    [Theory]
    [InlineData("changes-unseen")]
    [InlineData("clock-ahead")]
    [InlineData("deletions-unseen")]
    [InlineData("hard-deletes-unseen")]
    [InlineData("idle-transactions")]
    [InlineData("late-writer")]
    [InlineData("no-room-for-position")]
    [InlineData("old-transaction")]
    [InlineData("prepared-transactions")]
    [InlineData("replica-behind")]
    [InlineData("writers-unseen")]
    public void Of_a_server(string code)
    {
        // Given
        ListSource source = new();
        source.Notices.Add(new SourceNotice(new SourceLocation("products", 0), code, "The server said so"));

        // Then
        Arrives(code, "products", source);
    }

    private CsvFolderSource Files(CsvFolderOptions options) => new(_folder.Files, options, _folder.Clock);

    private SyncScenario Scenario(ISource source)
    {
        var scenario = new SyncScenario(source) { CloudWatch = _cloudWatch }.Initialized();
        scenario.Job = new SyncJob(SyncScenario.Product, source, ["sku"], [new FieldMapping("sku", "id")]);
        return scenario;
    }

    private void Arrives(string code, string container, ISource source, Action? given = null)
    {
        given?.Invoke();
        Arrives(code, container, Scenario(source));
    }

    private void Arrives(string code, string container, SyncScenario scenario)
    {
        // When
        var report = scenario.Run();

        // Then
        var notice = report.Notices.First(notice => notice.Code == code);
        var lines = Encoding
            .UTF8.GetString(_cloudWatch.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement);
        var line = Assert.Single(
            lines,
            line => line.GetProperty("eventId").GetInt32() == LogEvents.Notice && line.GetProperty("Code").GetString() == code);
        Assert.Equal((notice.Location, notice.Message), (line.GetProperty("Location").GetString(), line.GetProperty("Notice").GetString()));
        Assert.StartsWith(container, notice.Location, StringComparison.Ordinal);
        var told = scenario.State().Notices!;
        Assert.Contains($"{code} 1", told, StringComparison.Ordinal);
        Assert.EndsWith(report.Notices[0].Message, told, StringComparison.Ordinal);
    }
}
