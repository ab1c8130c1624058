using System.Globalization;
using MarketoLambda.Benchmarks;

// The parts run in processes of their own, so that memory and CPU time of one are not those of another.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    [] => await Report.RunAsync(rows: 1_000_000, limitedRows: 282_000),
    ["--quick"] => await Report.RunAsync(rows: 100_000, limitedRows: 72_000),
    ["serve", var speed, var limits] => await ServerProcess.ServeAsync(
        double.Parse(speed, CultureInfo.InvariantCulture),
        limits == "limits"),
    ["import", var address, var folder] => await ImportProcess.ImportAsync(new Uri(address), BenchmarkFile.In(folder), new UnlimitedTime()),
    ["read", var folder] => await ReadProcess.ReadAsync(folder),
    ["import-listened", var address, var folder] => await ListenedProcess.ImportAsync(new Uri(address), folder),
    ["import-limited", var address, var folder, var speed] => await ImportProcess.ImportAsync(
        new Uri(address),
        BenchmarkFile.In(folder),
        new MarketoLambda.Emulator.AcceleratedTime(double.Parse(speed, CultureInfo.InvariantCulture), TimeProvider.System)),
    ["import-bucket", var address, var s3] => await ImportProcess.ImportAsync(
        new Uri(address),
        BenchmarkBucket.In(s3),
        new UnlimitedTime()),
    ["read-bucket", var s3] => await BenchmarkBucket.ReadAsync(s3),
    ["read-table", var connection] => await TableProcess.ReadAsync(connection),
    ["import-table", var address, var connection] => await ImportProcess.ImportAsync(
        new Uri(address),
        TableProcess.Source(connection),
        new UnlimitedTime()),
    ["salesforce", var rows, var way] => await SalesforceProcess.ReadAsync(int.Parse(rows, CultureInfo.InvariantCulture), way == "bulk"),
    ["import-salesforce", var address, var rows, var way] => await SalesforceProcess.ImportAsync(
        new Uri(address),
        int.Parse(rows, CultureInfo.InvariantCulture),
        way == "bulk"),
    ["bare", var address, var rows] => await BareProcess.PostAsync(new Uri(address), int.Parse(rows, CultureInfo.InvariantCulture)),
    ["leads"] => LeadCalls.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: MarketoLambda.Benchmarks [--quick | leads]");
    return 2;
}
