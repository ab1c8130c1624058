using System.Text;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Testing;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>Files as real programs write them, each from the job file to what is in Marketo afterwards.</summary>
public sealed class RealFileTests : IDisposable
{
    private const string Product = "real_c";

    private readonly DropFolder _folder = new();

    public static TheoryData<string> Names => [.. RealFiles.All.Select(file => file.What)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void What_lands_is_what_is_written(string what)
    {
        // Given
        var file = Assert.Single(RealFiles.All, file => file.What == what);
        _folder.With("a.csv", Encoding.Latin1.GetBytes(file.File));
        SyncScenario scenario = new();
        scenario.Marketo.DefineObject(Product, "Real", FieldDefinition.Key("sku"), new FieldDefinition("note", "string"));
        scenario.Job = JobFile.Parse(
            $$"""{"jobs":{"{{Product}}":{"source":{"type":"csv","folder":"."{{file.Settings}} },"key":"sku","fields":{"sku":"SN","note":"N"},"rejects":{"stopAbovePercent":100} } } }""",
            Path.Combine(_folder.Path, "jobs.json"),
            [new CsvSourceType(_folder.Clock)])[0];
        scenario.Initialized();
        // When
        var report = scenario.Run();
        // Then
        Assert.Equal(
            file.Records,
            scenario
                .Marketo.Records(Product)
                .Select(record => $"{record.Fields["sku"]}={(record.Fields.TryGetValue("note", out var note) ? note : "")}"));
        Assert.Equal(file.Rejects, scenario.Rejects.Stored.Select(reject => $"{reject.Location} {reject.Code}"));
        var messages = report.Error + string.Concat(report.Notices.Select(notice => notice.Message));
        Assert.Contains(file.Message, messages, StringComparison.Ordinal);
        Assert.True(file.Message.Length > 0 || messages.Length == 0, messages);
    }
}
