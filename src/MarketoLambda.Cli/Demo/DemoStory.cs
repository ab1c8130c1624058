using System.Globalization;
using MarketoLambda.Cli.Commands.Rejects;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Emulator;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Demo;

/// <summary>Everything in a minute: import, nothing new, one more file, an outage, recovery, proof.</summary>
internal sealed class DemoStory(string folder)
{
    /// <summary>So that Marketo's limits and the client's pauses do not make people wait.</summary>
    private const int Speed = 20;
    private const int LargeFileRows = 60_000;
    private const int RowsBeforeOutage = 50_000;
    private const string StateRecords = $"customobjects/{StateFields.ObjectApiName}";
    private const string Example = "serialNumber,productName,accountName,quantity,listPrice,isActive,implementedOn,notes";
    private const string Progress = "highWaterMarkDT,lastIngestedFileName,totalRecordsInEpoch,lastRunNumber,lastRunOutcome";

    private readonly AcceleratedTime _time = new(Speed, TimeProvider.System);

    /// <summary>Prints it; true when the proof at the end holds.</summary>
    public async Task<bool> PrintAsync(CancellationToken cancellationToken)
    {
        Terminal.Heading("1. An emulated Marketo with a custom object, and a folder of files");
        DemoFiles files = new(folder, DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime));
        files.WriteFirst();
        await using var marketo = await DemoMarketo.StartAsync(_time, DemoObject.DefineIn);
        await using var local = LocalHost.Open(files.Jobs, marketo.Settings(), _time);
        DemoRuns runs = new(local);
        DemoQueries queries = new(marketo, cancellationToken);
        await SetUpAsync(files, marketo, local);
        await ImportAsync(files, marketo, local, (runs, queries));
        await FailAsync(files, marketo, (runs, queries));
        await GoOnAsync(runs, queries);
        Terminal.Heading("7. Proof, counted by the emulator");
        return Prove(files, marketo);
    }

    private static async Task SetUpAsync(DemoFiles files, DemoMarketo marketo, LocalHost local)
    {
        Terminal.Line(
            $"Marketo is emulated at {marketo.Address.ToString().TrimEnd('/')}. Its clock, and that of the program, runs {Speed} times as "
                + $"fast as yours: {Speed} seconds of theirs are one of yours. The files, with the quirks of real ones, are in "
                + $"{files.Drop}:"
        );
        WriteFiles(files);
        _ = await LocalSetup.SetUpAsync(local);
    }

    private static async Task ImportAsync(
        DemoFiles files, DemoMarketo marketo, LocalHost local, (DemoRuns Runs, DemoQueries Queries) with)
    {
        Terminal.Heading("2. The first run imports everything");
        await with.Runs.RunAsync(DemoObject.ApiName);
        Terminal.Line("One of the records, as Marketo has it now:");
        await with.Queries.PrintAsync($"customobjects/{DemoObject.ApiName}", "serialNumber", DemoFiles.Replaced, Example);
        Terminal.Line("What could not be imported is kept in Marketo, too (marketo-lambda rejects list):");
        await ListCommand.PrintAsync(local, DemoObject.ApiName);
        Terminal.Line("What Marketo remembers, asked with nothing but an HTTP client:");
        await with.Queries.PrintAsync(StateRecords, "apiName", DemoObject.ApiName, Progress);

        Terminal.Heading("3. The second run finds nothing new");
        var writes = marketo.WritingCalls();
        await with.Runs.RunAsync(DemoObject.ApiName);
        Terminal.Line($"It wrote {marketo.WritingCalls() - writes} times to Marketo.");

        Terminal.Heading("4. One more file is dropped, and only that is imported");
        files.WriteNext();
        await with.Runs.RunAsync(DemoObject.ApiName);
    }

    private static async Task FailAsync(DemoFiles files, DemoMarketo marketo, (DemoRuns Runs, DemoQueries Queries) with)
    {
        Terminal.Heading(string.Create(
            CultureInfo.InvariantCulture,
            $"5. A file of {LargeFileRows:N0} rows, and Marketo dies in the middle"));
        files.WriteLarge(LargeFileRows);
        var before = marketo.Count;
        var report = await with.Runs.RunAsync(DemoObject.ApiName, new KillAt(marketo, before + RowsBeforeOutage));
        await marketo.RestartAsync();
        Terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Marketo is back. Of the {LargeFileRows:N0} rows it holds {marketo.Count - before:N0}; of those it had told the run of "
                + $"{report.Accepted:N0} before it died, and remembers {report.Accepted - report.Unrecorded:N0} as finished, at the last "
                + $"checkpoint: from there the next run goes on, so that {marketo.Count - before - report.Accepted + report.Unrecorded:N0} "
                + $"rows are sent twice and none is left out."));
        await with.Queries.PrintAsync(
            StateRecords, "apiName", DemoObject.ApiName, "lastIngestedFileName,totalRecordsInEpoch,lastRunNumber,lastRunOutcome");
    }

    private async Task GoOnAsync(DemoRuns runs, DemoQueries queries)
    {
        Terminal.Heading("6. The next run goes on at that row");
        _time.Advance(RunSeries.Length + RunLeases.Grace);
        Terminal.Line(
            "The run that failed could not give back its lease either, which ends by itself after some minutes. The demo puts its clock "
                + "forward."
        );
        await runs.RunAsync(DemoObject.ApiName);
        await queries.PrintAsync(StateRecords, "apiName", DemoObject.ApiName, Progress);
    }

    private static bool Prove(DemoFiles files, DemoMarketo marketo)
    {
        var held = marketo.SerialNumbers;
        var missing = files.SerialNumbers.Except(held).Count();
        var unexpected = held.Except(files.SerialNumbers).Count();
        var doubled = held.Count - held.Distinct().Count();
        var holds = (missing, unexpected, doubled) == (0, 0, 0);
        Terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Good serial numbers in the files {files.SerialNumbers.Count:N0}, records in Marketo {held.Count:N0}: {missing} missing, "
                + $"{doubled} doubled, {unexpected} that should not be there."));
        if (holds)
        {
            Terminal.Good("Nothing is lost, nothing is doubled.");
        }
        else
        {
            Terminal.Error("This should not have happened. Please report it.");
        }

        return holds;
    }

    private static void WriteFiles(DemoFiles files)
    {
        foreach (var file in new DirectoryInfo(files.Drop).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            Terminal.Line($"  {file.Name,-27} {file.Length,8:N0} bytes");
        }
    }
}
