using System.Text;
using System.Text.Json;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Passes;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Simulation;

/// <summary>From a source over the engine to CloudWatch and the state record: a notice of every kind arrives at both, with its code.</summary>
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

    private CsvFolderSource Files(CsvFolderOptions options) => new(_folder.Files, options, _folder.Clock);

    private SyncScenario Scenario(ISource source)
    {
        var scenario = new SyncScenario(source) { CloudWatch = _cloudWatch }.Initialized();
        scenario.Job = new SyncJob(SyncScenario.Product, source, ["sku"], [new FieldMapping("sku", "id")]);
        return scenario;
    }

    private void Arrives(string code, string container, ISource source) => Arrives(code, container, Scenario(source));

    private void Arrives(string code, string container, SyncScenario scenario)
    {
        // When
        var report = scenario.Run();

        // Then
        var notice = report.Notices.First(notice => notice.Code == code);
        var lines = Encoding.UTF8.GetString(_cloudWatch.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);
        var line = Assert.Single(lines, line => line.GetProperty("eventId").GetInt32() == LogEvents.Notice && line.GetProperty("Code").GetString() == code);
        Assert.Equal((notice.Location, notice.Message), (line.GetProperty("Location").GetString(), line.GetProperty("Notice").GetString()));
        Assert.StartsWith(container, notice.Location, StringComparison.Ordinal);
        var told = scenario.State().Notices!;
        Assert.Contains($"{code} 1", told, StringComparison.Ordinal);
        Assert.EndsWith(report.Notices[0].Message, told, StringComparison.Ordinal);
    }
}
