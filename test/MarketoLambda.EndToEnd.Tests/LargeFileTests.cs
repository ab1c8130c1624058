using System.Globalization;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A million rows from a real file, on virtual time, within Marketo's limits.</summary>
public sealed class LargeFileTests : IDisposable
{
    private const int Rows = 1_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_row_is_there_once_and_the_second_run_makes_no_write()
    {
        // Given
        using (StreamWriter file = new(Path.Combine(_folder.FullName, "products.csv")))
        {
            file.WriteLine("Key,Value");
            for (var row = 0; row < Rows; row++)
            {
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SN-{row:0000000},{row % 1000}"));
            }
        }

        CsvFolderSource source = new(_folder.FullName, new CsvFolderOptions { SettleTime = TimeSpan.Zero }, TimeProvider.System);
        var scenario = new SyncScenario(source, options => options.KeepJournal = false).Initialized();

        scenario.Time.Advance(TimeSpan.FromMinutes(1)); // so that the calls of the set-up are not in one window with the run's

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, (long)Rows), (report.Outcome, report.Accepted));
        Assert.Equal(Rows, scenario.Marketo.Count(SyncScenario.Product));
        Assert.Equal("123", Assert.Single(scenario.Marketo.Find(SyncScenario.Product, "SN-0999123"))["amount"]);
        Assert.Equal((Rows, "products.csv"), (scenario.State().Checkpoint.LastFileRecords, scenario.State().Checkpoint.LastFileName));
        Assert.InRange(scenario.Marketo.Limits.WorstWindow, 1, 50);

        // When
        var writes = scenario.Marketo.Calls.ByKind[CallKind.Sync.Name].Calls;
        var second = scenario.Run();

        // Then
        Assert.Equal(RunOutcome.NothingNew, second.Outcome);
        Assert.Equal(writes, scenario.Marketo.Calls.ByKind[CallKind.Sync.Name].Calls);
    }
}
