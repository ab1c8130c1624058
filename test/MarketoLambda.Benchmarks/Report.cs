using MarketoLambda.Testing;
using MarketoLambda.Testing.Aws;

namespace MarketoLambda.Benchmarks;

/// <summary>Measures everything in one run and prints it. Ratios count; absolute times depend on the machine.</summary>
internal static class Report
{
    private const int CallsPerWindow = 100;
    private const int RecordsPerCall = 300;
    private const double WindowSeconds = 20;
    private const double Speed = 2;

    public static async Task<int> RunAsync(int rows, int limitedRows)
    {
        var few = await ImportAsync("import", rows / 10);
        var many = await ImportAsync("import", rows);
        var listened = await ImportAsync("import-listened", rows);
        var bare = await PostAsync(rows);
        Console.WriteLine($"From file to emulator, limits off, {rows:N0} rows");
        Console.WriteLine(
            $"  import     {many.RecordsPerSecond,10:N0} records/s   {many.ProcessorMicroseconds,6:0.00} µs CPU per record");
        Console.WriteLine(
            $"  listened   {listened.RecordsPerSecond,10:N0} records/s   {listened.ProcessorMicroseconds,6:0.00} µs CPU per record   "
                + "while every instrument and activity is listened to; above nobody listens"
        );
        Console.WriteLine(
            $"  bare loop  {bare.RecordsPerSecond,10:N0} records/s   {bare.ProcessorMicroseconds,6:0.00} µs CPU per record");
        Console.WriteLine(
            $"  ratio      {many.RecordsPerSecond / bare.RecordsPerSecond,10:0.00} of its speed    "
                + $"{many.ProcessorMicroseconds / bare.ProcessorMicroseconds,6:0.00} times its CPU"
        );
        Console.WriteLine();
        Console.WriteLine("Peak memory of the importing process");
        Console.WriteLine($"  {few.Records,9:N0} rows  {few.PeakMegabytes,6:0.0} MB");
        Console.WriteLine($"  {many.Records,9:N0} rows  {many.PeakMegabytes,6:0.0} MB");
        Console.WriteLine($"  ratio           {many.PeakMegabytes / few.PeakMegabytes,6:0.00}   (aim: at most 1.10, and below 150 MB)");
        Console.WriteLine();
        await SalesforceAsync(rows / 5);
        await LimitedAsync(limitedRows);
        Console.WriteLine();
        await BucketAsync(rows);
        Console.WriteLine();
        await TableAsync(rows);
        Console.WriteLine();
        return LeadCalls.Run();
    }

    private static async Task TableAsync(int rows)
    {
        await using var postgres = await PostgresServer.StartAsync();
        if (postgres is null)
        {
            Console.WriteLine($"From a PostgreSQL table: skipped, {PostgresServer.Missing}");
            return;
        }

        var connection = await TableProcess.FillAsync(postgres, rows);
        var read = await Children.MeasureAsync("read-table", connection);
        using var server = await ServerChild.StartAsync(1, enforceLimits: false);
        var import = await Children.MeasureAsync("import-table", server.Address, connection);
        await CheckAsync(server, rows);
        Console.WriteLine($"From a PostgreSQL table, read in passes, limits off, {rows:N0} rows");
        Console.WriteLine(
            $"  read only  {read.RecordsPerSecond,10:N0} records/s   {read.ProcessorMicroseconds,6:0.00} µs CPU per record   "
                + $"{read.PeakMegabytes,6:0.0} MB at most"
        );
        Console.WriteLine(
            $"  import     {import.RecordsPerSecond,10:N0} records/s   {import.ProcessorMicroseconds,6:0.00} µs CPU per record   "
                + $"{import.PeakMegabytes,6:0.0} MB at most"
        );
        Console.WriteLine(
            $"  ratio      {import.RecordsPerSecond / read.RecordsPerSecond,10:0.00} of reading alone; Marketo's limits let "
                + $"{CallsPerWindow * RecordsPerCall / WindowSeconds:N0} records/s through"
        );
    }

    private static async Task SalesforceAsync(int rows)
    {
        Console.WriteLine($"From Salesforce (emulated in the same process, which is part of the time), {rows:N0} records");
        foreach (var way in (string[])["queries", "bulk"])
        {
            var alone = await Children.MeasureAsync("salesforce", $"{rows}", way);
            using var server = await ServerChild.StartAsync(1, enforceLimits: false);
            var whole = await Children.MeasureAsync("import-salesforce", server.Address, $"{rows}", way);
            await CheckAsync(server, rows);
            Console.WriteLine(
                $"  {way,-8} alone  {alone.RecordsPerSecond,10:N0} records/s   to Marketo {whole.RecordsPerSecond,10:N0} records/s   "
                    + $"peak {whole.PeakMegabytes,6:0.0} MB, emulated organisation included"
            );
        }

        Console.WriteLine();
    }

    private static async Task BucketAsync(int rows)
    {
        using var aws = await AwsEmulator.StartAsync();
        if (aws is null)
        {
            Console.WriteLine($"From an S3 bucket: skipped, {AwsEmulator.Missing}");
            return;
        }

        var (few, _) = await FromBucketAsync(aws.Address, rows / 10);
        var (alone, imported) = await FromBucketAsync(aws.Address, rows);
        Console.WriteLine($"From an emulated S3 bucket (moto_server, on the same machine), limits off, {rows:N0} rows");
        Console.WriteLine(
            $"  source alone  {alone.RecordsPerSecond,10:N0} records/s   {alone.ProcessorMicroseconds,6:0.00} µs CPU per record");
        Console.WriteLine(
            $"  import        {imported.RecordsPerSecond,10:N0} records/s   {imported.ProcessorMicroseconds,6:0.00} µs CPU per record");
        Console.WriteLine(
            $"  peak memory of the source alone, {few.Records:N0} and {alone.Records:N0} rows  {few.PeakMegabytes:0.0} and "
                + $"{alone.PeakMegabytes:0.0} MB, ratio {alone.PeakMegabytes / few.PeakMegabytes:0.00}"
        );
    }

    private static async Task<(Measured Alone, Measured Imported)> FromBucketAsync(Uri s3, int rows)
    {
        await BenchmarkBucket.FillAsync(s3, rows);
        using var server = await ServerChild.StartAsync(1, enforceLimits: false);
        var alone = await Children.MeasureAsync("read-bucket", s3.ToString());
        var imported = await Children.MeasureAsync("import-bucket", server.Address, s3.ToString());
        await CheckAsync(server, rows);
        return (alone, imported);
    }

    private static async Task<Measured> ImportAsync(string part, int rows)
    {
        var folder = BenchmarkFile.Write(rows);
        using var server = await ServerChild.StartAsync(1, enforceLimits: false);
        var measured = await Children.MeasureAsync(part, server.Address, folder);
        await CheckAsync(server, rows);
        Directory.Delete(folder, recursive: true);
        return measured;
    }

    private static async Task<Measured> PostAsync(int rows)
    {
        using var server = await ServerChild.StartAsync(1, enforceLimits: false);
        var measured = await Children.MeasureAsync("bare", server.Address, $"{rows}");
        await CheckAsync(server, rows);
        return measured;
    }

    private static async Task LimitedAsync(int rows)
    {
        var folder = BenchmarkFile.Write(rows);
        using var server = await ServerChild.StartAsync(Speed, enforceLimits: true);
        var measured = await Children.MeasureAsync("import-limited", server.Address, folder, $"{Speed}");
        var counted = await CheckAsync(server, rows);
        Directory.Delete(folder, recursive: true);

        // 100 calls may go out at once; each further hundred has to wait for a window to pass. Counted for the records' calls
        // alone, so the few for state and set-up are on us.
        var calls = (rows + RecordsPerCall - 1) / RecordsPerCall;
        var least = (calls - 1) / CallsPerWindow * WindowSeconds;
        Console.WriteLine($"Limits on, share 100 %, {rows:N0} rows in {calls:N0} calls, clock {Speed:0} times as fast");
        Console.WriteLine($"  elapsed    {measured.VirtualSeconds,8:0.0} s");
        Console.WriteLine($"  at least   {least,8:0.0} s by Marketo's limits");
        Console.WriteLine($"  ratio      {measured.VirtualSeconds / least,8:0.000}     (aim: at most 1.020)");
        Console.WriteLine($"  the emulator saw at most {counted.WorstWindow} calls in any 20 s and refused {counted.Refused}");
    }

    private static async Task<(int Records, int WorstWindow, int Refused, int Calls)> CheckAsync(ServerChild server, int rows)
    {
        var counted = await server.CountAsync();
        return counted.Records == rows
            ? counted
            : throw new InvalidOperationException($"Marketo holds {counted.Records} records, not {rows}.");
    }
}
