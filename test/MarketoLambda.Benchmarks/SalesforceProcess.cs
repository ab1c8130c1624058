using MarketoLambda.Sources.Salesforce;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing.Salesforce;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Benchmarks;

/// <summary>Records of an emulated organisation, read alone or imported, by queries or by bulk jobs.</summary>
internal static class SalesforceProcess
{
    /// <summary>Far enough apart that a page is no single second.</summary>
    private const int RecordsPerSecond = 50;

    public static async Task<int> ReadAsync(int rows, bool isBulk)
    {
        var job = Job(rows, isBulk);
        var measured = Measurement.Start();
        await using var reader = await job.Source.OpenAsync(
            new ReadRequest(Checkpoint.Start, job.Columns, ResumeCapacity: 1000),
            CancellationToken.None);
        var records = 0;
        while (await reader.ReadAsync(CancellationToken.None) is { } item)
        {
            records += item is SourceRecord ? 1 : 0;
        }

        Console.Out.WriteLine(measured.Stop(records, TimeSpan.Zero));
        return records == rows ? 0 : 1;
    }

    public static Task<int> ImportAsync(Uri address, int rows, bool isBulk) =>
        ImportProcess.ImportAsync(address, Job(rows, isBulk).Source, new UnlimitedTime());

    private static SyncJob Job(int rows, bool isBulk)
    {
        SettableTime time = new() { Now = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(3600 + (rows / RecordsPerSecond)) };
        EmulatedOrg org = new(time, new OrgOptions { BulkDuration = TimeSpan.Zero, SessionLifetime = TimeSpan.FromDays(365) });
        var products = org.Define("Product__c", "a01", [.. BenchmarkFile.Columns.Select(column => new OrgField(column, "string"))]);
        for (var row = 0; row < rows; row++)
        {
            products.Put(
                row + 1,
                BenchmarkFile.Columns.Zip(BenchmarkFile.Cells(row)).ToDictionary(cell => cell.First, cell => (object?)cell.Second));
            time.Now += TimeSpan.FromTicks(TimeSpan.TicksPerSecond / RecordsPerSecond);
        }

        time.Now += TimeSpan.FromHours(1);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Connections:crm:LoginUrl"] = org.Options.Address.ToString(),
            ["Connections:crm:ClientId"] = OrgOptions.DefaultClientId,
            ["Connections:crm:ClientSecret"] = OrgOptions.DefaultClientSecret,
        }).Build();
        var bulkAbove = isBulk ? 0 : int.MaxValue;
        var json = $$"""
            { "jobs": { "{{BenchmarkFile.ApiName}}": {
                "source": { "type": "salesforce", "connection": "crm", "object": "Product__c", "bulkAbove": {{bulkAbove}} },
                "key": "serialNumber",
                "fields": { {{string.Join(',', BenchmarkFile.Columns.Select(column => $"\"{column}\": \"{column}\""))}} } } } }
            """;
        return JobFile.Parse(json, "jobs.json", [new SalesforceSourceType(settings, TimeProvider.System, org.CreateHandler())])[0];
    }

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
