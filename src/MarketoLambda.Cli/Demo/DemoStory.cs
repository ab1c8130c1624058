using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarketoLambda.Cli.Commands.Rejects;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Emulator;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Demo;

/// <summary>Everything in a minute: import, nothing new, one more file, an outage, recovery, proof.</summary>
internal sealed class DemoStory(string folder)
{
    /// <summary>So that Marketo's limits and the client's pauses do not make people wait.</summary>
    private const int Speed = 20;
    private const int LargeFileRows = 60_000;
    private const int RowsBeforeOutage = 50_000;
    private const string Progress = "highWaterMarkDT,lastIngestedFileName,totalRecordsInEpoch,lastRunNumber,lastRunOutcome";

    private static readonly JsonSerializerOptions ReadableJson = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly AcceleratedTime _time = new(Speed, TimeProvider.System);

    /// <summary>Prints it; true when the proof at the end holds.</summary>
    public async Task<bool> PrintAsync(CancellationToken cancellationToken)
    {
        DemoFiles files = new(folder, DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime));
        await using var marketo = await DemoMarketo.StartAsync(_time);
        files.WriteFirst();
        await using var local = LocalHost.Open(files.Jobs, Settings(marketo), _time);
        await SetUpAsync(files, marketo, local);
        await ImportAsync(files, marketo, local, cancellationToken);
        await FailAsync(files, marketo, local, cancellationToken);
        await GoOnAsync(marketo, local, cancellationToken);
        Terminal.Heading("7. Proof, counted by the emulator");
        return Prove(files, marketo);
    }

    private static async Task SetUpAsync(DemoFiles files, DemoMarketo marketo, LocalHost local)
    {
        Terminal.Heading("1. An emulated Marketo with a custom object, and a folder of files");
        Terminal.Line(
            $"Marketo is emulated at {marketo.Address.ToString().TrimEnd('/')}; time runs {Speed} times as fast. The files, with the "
                + $"quirks of real ones, are in {files.Drop}:"
        );
        WriteFiles(files);
        _ = await LocalSetup.SetUpAsync(local);
    }

    private static async Task ImportAsync(DemoFiles files, DemoMarketo marketo, LocalHost local, CancellationToken cancellationToken)
    {
        Terminal.Heading("2. The first run imports everything");
        await RunAsync(local);
        Terminal.Line("What could not be imported is kept in Marketo, too (marketo-lambda rejects list):");
        await ListCommand.PrintAsync(local, DemoObject.ApiName);
        Terminal.Line("What Marketo remembers, asked with nothing but an HTTP client:");
        await WriteStateAsync(marketo, Progress, cancellationToken);

        Terminal.Heading("3. The second run finds nothing new");
        var writes = marketo.WritingCalls();
        await RunAsync(local);
        Terminal.Line($"It wrote {marketo.WritingCalls() - writes} times to Marketo.");

        Terminal.Heading("4. One more file is dropped, and only that is imported");
        files.WriteNext();
        await RunAsync(local);
    }

    private static async Task FailAsync(DemoFiles files, DemoMarketo marketo, LocalHost local, CancellationToken cancellationToken)
    {
        Terminal.Heading($"5. A file of {LargeFileRows:N0} rows, and Marketo dies in the middle");
        files.WriteLarge(LargeFileRows);
        var before = marketo.Count;
        await RunAsync(local, new KillAt(marketo, before + RowsBeforeOutage));
        await marketo.RestartAsync();
        Terminal.Line(
            $"Marketo is back. It holds {marketo.Count - before:N0} of the {LargeFileRows:N0} rows, and remembers the last checkpoint "
                + "before it died: how many rows of the file are finished (resumePosition)."
        );
        await WriteStateAsync(marketo, "lastIngestedFileName,resumePosition,lastRunNumber,lastRunOutcome", cancellationToken);
    }

    private async Task GoOnAsync(DemoMarketo marketo, LocalHost local, CancellationToken cancellationToken)
    {
        Terminal.Heading("6. The next run goes on at that row");
        _time.Advance(RunSeries.Length + RunLeases.Grace);
        Terminal.Line(
            "The run that failed could not give back its lease either, which ends by itself after some minutes. The demo puts its clock "
                + "forward."
        );
        await RunAsync(local);
        await WriteStateAsync(marketo, Progress, cancellationToken);
    }

    private static bool Prove(DemoFiles files, DemoMarketo marketo)
    {
        var held = marketo.SerialNumbers;
        var missing = files.SerialNumbers.Except(held).Count();
        var unexpected = held.Except(files.SerialNumbers).Count();
        var doubled = held.Count - held.Distinct().Count();
        var holds = (missing, unexpected, doubled) == (0, 0, 0);
        Terminal.Line(
            $"Good serial numbers in the files {files.SerialNumbers.Count:N0}, records in Marketo {held.Count:N0}: {missing} missing, "
                + $"{doubled} doubled, {unexpected} that should not be there."
        );
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

    private static async Task RunAsync(LocalHost local, KillAt? kill = null)
    {
        var job = local.FindJob(DemoObject.ApiName);
        RunSeries series = new(local.Time, limit: null, StopSignals.StopRequested);
        var report = await RunDisplay.ShowAsync(
            job.Name,
            local.Get<MarketoLoad>(),
            progress =>
                series.RunAsync(
                    (deadline, progressOfAll) => local.Get<SyncEngine>().RunAsync(job, deadline, progressOfAll, StopSignals.Aborted),
                    kill is null ? progress : kill.Watching(progress)));
        ReportText.Write(report, local.Get<RejectPolicy>().Describe(job.Name));
    }

    private static void WriteFiles(DemoFiles files)
    {
        foreach (var file in new DirectoryInfo(files.Drop).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            Terminal.Line($"  {file.Name,-27} {file.Length,8:N0} bytes");
        }
    }

    private static async Task WriteStateAsync(DemoMarketo marketo, string fields, CancellationToken cancellationToken)
    {
        using HttpClient http = new() { BaseAddress = marketo.Address };
        var token = JsonNode.Parse(
            await http.GetStringAsync(
                "/identity/oauth/token?grant_type=client_credentials"
                    + $"&client_id={DemoMarketo.ClientId}&client_secret={DemoMarketo.ClientSecret}",
                cancellationToken));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token?["access_token"]);
        string[] query =
        [
            $"/rest/v1/customobjects/{StateFields.ObjectApiName}.json",
            $"?filterType=apiName&filterValues={DemoObject.ApiName}",
            $"&fields={fields}",
        ];
        var answer = JsonNode.Parse(await http.GetStringAsync(string.Concat(query), cancellationToken));
        Terminal.Verbatim($"GET {string.Join("\n      ", query)}");
        Terminal.Verbatim(answer?["result"]?[0]?.ToJsonString(ReadableJson) ?? "null");
    }

    private static IConfigurationRoot Settings(DemoMarketo marketo) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Marketo:BaseUrl"] = marketo.Address.ToString(),
                    ["Marketo:ClientId"] = DemoMarketo.ClientId,
                    ["Marketo:ClientSecret"] = DemoMarketo.ClientSecret,
                }
            )
            .Build();

    /// <summary>Pulls Marketo's plug when it holds a certain number of records.</summary>
    private sealed class KillAt(DemoMarketo marketo, int records)
    {
        private bool _isDone;

        public IProgress<RunProgress> Watching(IProgress<RunProgress> progress) => new Watch(this, progress);

        private sealed class Watch(KillAt kill, IProgress<RunProgress> progress) : IProgress<RunProgress>
        {
            public void Report(RunProgress value)
            {
                progress.Report(value);
                kill.IfDue();
            }
        }

        private void IfDue()
        {
            if (_isDone || marketo.Count < records)
            {
                return;
            }

            _isDone = true;
            Terminal.Warning("  Marketo dies now.");
            _ = marketo.KillAsync();
        }
    }
}
