using System.CommandLine;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Cli.Previews;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>run JOB</c> or <c>run --all</c>: one run now.</summary>
internal static class RunCommand
{
    private const int MinSeconds = 120;

    public static Command Create()
    {
        LocalHostArguments local = new();
        var job = JobArgument.Optional(otherwise: "");
        Option<bool> all = new("--all")
        {
            Description = "Run every job of the file, one after the other: each after those it names in \"after\"",
        };
        Option<bool> takeOver = new("--take-over")
        {
            Description = "First end the lease of a run that you know is dead (waits up to 150 seconds for what it may have sent)",
        };
        Option<int?> timeLimit = new("--time-limit")
        {
            Description = $"Stop at a good place after about this many seconds (at least {MinSeconds})",
            HelpName = "SECONDS",
        };
        timeLimit.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && int.TryParse(given.Value, out var seconds) && seconds < MinSeconds)
            {
                result.AddError(
                    $"--time-limit needs at least {MinSeconds} seconds: the last 75 are kept for finishing what is on its way.");
            }
        });
        var dryRun = DryRuns.Option();
        Command command = new("run", "Import what is new, now.") { job, all, timeLimit, takeOver, dryRun };
        local.AddTo(command);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(job) is null) == !result.GetValue(all))
            {
                result.AddError("Name one job (run JOB), or all of them (run --all).");
            }
        });
        command.SetAction(
            (parsed, _) => parsed.GetValue(dryRun)
                ? PreviewAsync(local, parsed, parsed.GetValue(job))
                : RunAsync(local, parsed, parsed.GetValue(job), parsed.GetValue(timeLimit), parsed.GetValue(takeOver)));
        return command;
    }

    private static async Task<int> RunAsync(
        LocalHostArguments arguments,
        ParseResult parsed,
        string? job,
        int? timeLimitSeconds,
        bool takesOver)
    {
        await using var local = arguments.Open(parsed);
        var jobs = job is null ? JobOrder.Sort(local.Jobs) : [local.FindJob(job)];
        RunSeries series = new(
            local.Time,
            timeLimitSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            StopSignals.StopRequested);
        using var stopping = StopSignals.StopRequested.Register(() =>
            Terminal.Warning("Stopping: what Marketo is at work on is finished, and a checkpoint saved. Ctrl-C again ends it at once; then "
                + "what came after the last checkpoint is sent again, and the next run must take over (\"--take-over\"), which may wait "
                + "up to 3 minutes."));
        List<SyncReport> reports = [];
        UnfinishedJobs unfinished = new();
        foreach (var next in jobs)
        {
            if (StopSignals.StopRequested.IsCancellationRequested)
            {
                break;
            }

            if (unfinished.FindCause(next) is { } cause)
            {
                Report(cause.Report(next.Name, local.Time.GetUtcNow()), deadProcessId: null);
                continue;
            }

            await local.ThrowIfNotSetUpAsync(next.Name);
            if (takesOver)
            {
                await TakeOvers.EndAsync(local, next.Name);
            }

            var report = await RunAsync(local, next, series);
            Report(
                report,
                report.Outcome == RunOutcome.Busy
                    ? await UnfinishedRuns.FindDeadProcessAsync(local, next.Name, StopSignals.StopRequested)
                    : null);
        }

        ReportText.WriteCalls(local.Get<MarketoLoad>().Today);

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(reports);
        }

        return reports.Select(RunExitCode.From).Append(reports.Count < jobs.Count ? ExitCode.MoreToDo : ExitCode.Done).MaxBy(Severity);

        void Report(SyncReport report, int? deadProcessId)
        {
            ReportText.Write(report, local.Get<RejectPolicy>().Describe(report.Job), deadProcessId);
            reports.Add(report);
            unfinished.Add(report.Job, report.Outcome);
        }
    }

    private static async Task<int> PreviewAsync(LocalHostArguments arguments, ParseResult parsed, string? job)
    {
        await using var local = arguments.Open(parsed);
        return await DryRuns.ShowAsync(
            local,
            job is null ? local.Jobs : [local.FindJob(job)],
            (dryRun, next) => dryRun.ImportAsync(next, from: null, StopSignals.StopRequested, StopSignals.Aborted),
            parsed.GetValue(arguments.Json));
    }

    private static async Task<SyncReport> RunAsync(LocalHost local, SyncJob job, RunSeries series)
    {
        var report = await RunDisplay.ShowAsync(
            job.Name,
            local.Get<MarketoLoad>(),
            progress =>
                series.RunAsync(
                    (deadline, progressOfAll) => local.Get<SyncEngine>().RunAsync(job, deadline, progressOfAll, StopSignals.Aborted),
                    progress));
        var outcome = RunOutcomeText.From(report.Outcome, report.Rejected, report.Waiting);
        local.Checks.Keep(job.Name, new LastCheck(local.Time.GetUtcNow(), outcome));
        return report;
    }

    private static int Severity(int exitCode) => exitCode switch
    {
        ExitCode.Done => 0,
        ExitCode.MoreToDo => 1,
        ExitCode.Failed => 2,
        _ => 3,
    };
}
