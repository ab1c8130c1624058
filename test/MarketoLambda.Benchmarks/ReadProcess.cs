using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Benchmarks;

/// <summary>Reading a folder of files alone: no mapping, no Marketo.</summary>
internal static class ReadProcess
{
    public static async Task<int> ReadAsync(string folder)
    {
        var measured = Measurement.Start();
        var records = 0L;
        await using var reader = await BenchmarkFile
            .In(folder)
            .OpenAsync(new ReadRequest(Checkpoint.Start, BenchmarkFile.Columns, ResumeCapacity: 2000), CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None) is { } item)
        {
            records += item is SourceRecord ? 1 : 0;
        }

        Console.Out.WriteLine(measured.Stop(records, TimeSpan.Zero));
        return 0;
    }
}
