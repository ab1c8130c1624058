using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>A folder of files, and a person who exports what was rejected, corrects it and drops it again.</summary>
internal sealed class RejectHost : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rejects-");

    public RejectHost(string? cursor = null)
    {
        CsvFolderSource source = new(
            _folder.FullName,
            new CsvFolderOptions { CursorColumn = cursor, SettleTime = TimeSpan.Zero },
            TimeProvider.System);
        Scenario = new SyncScenario(source) { KeepsRejectsInMarketo = true }.Initialized();
        Scenario.Job = Scenario.Job with
        {
            Fields = [new FieldMapping("sku", "id"), new FieldMapping("amount", "amount")],
            StopAbovePercentRejected = 100,
        };
        Header = cursor is null ? "id,amount" : $"id,amount,{cursor}";
    }

    public SyncScenario Scenario { get; }

    private string Header { get; }

    public void Drop(string name, params IEnumerable<string> rows) => Write(name, rows.Prepend(Header));

    public void Write(string name, IEnumerable<string> lines) =>
        File.WriteAllText(Path.Combine(_folder.FullName, name), string.Join('\n', lines) + "\n");

    public SyncReport Run() => Scenario.Run();

    /// <summary>The lines that <c>rejects export</c> writes, header first.</summary>
    public List<string> Export()
    {
        var rows = Rejects();
        RejectSheet sheet = new(Scenario.Job);
        return [sheet.Header, .. rows.Select(sheet.LineOf).OfType<string>()];
    }

    public IReadOnlyList<RejectRow> Rejects()
    {
        IReadOnlyList<RejectRow> rows = [];
        Scenario.Use(async services =>
            rows = await services
                .GetRequiredService<RejectTable>()
                .ReadAsync(SyncScenario.Product, Enumerable.Range(1, 200).Select(number => (long)number), CancellationToken.None));
        return rows;
    }

    public IEnumerable<string> Stages() => Rejects().Select(row => $"{row.Number} {row.Stage}");

    public string? Amount(string key) => Scenario.Marketo.Find(SyncScenario.Product, key).SingleOrDefault()?["amount"];

    public void Dispose() => _folder.Delete(recursive: true);
}
