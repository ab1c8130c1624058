using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync.Claims;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>run JOB</c> or <c>run --all</c>: one run now.</summary>
internal static class RunCommand
{
    private const int LeastSeconds = 120;

    public static Command Create()
    {
        DeskArguments desk = new();
        Argument<string?> job = new("JOB") { Description = "API name of the custom object to import into", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> all = new("--all") { Description = "Run every job of the file, one after the other" };
        Option<bool> takeOver = new("--take-over") { Description = "First end the claim of a run that you know is dead (waits 150 seconds for what it may have sent)" };
        Option<int?> timeLimit = new("--time-limit") { Description = $"Stop at a good place after about this many seconds (at least {LeastSeconds})", HelpName = "SECONDS" };
        timeLimit.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && int.TryParse(given.Value, out var seconds) && seconds < LeastSeconds)
            {
                result.AddError($"--time-limit needs at least {LeastSeconds} seconds: the last 75 are kept for finishing what is on its way.");
            }
        });
        Command command = new("run", "Import what is new, now.") { job, all, timeLimit, takeOver };
        desk.AddTo(command);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(job) is null) == !result.GetValue(all))
            {
                result.AddError("Name one job (run JOB), or all of them (run --all).");
            }
        });
        command.SetAction((parsed, _) => RunAsync(desk, parsed, parsed.GetValue(job), parsed.GetValue(timeLimit), parsed.GetValue(takeOver)));
        return command;
    }

    private static async Task<int> RunAsync(DeskArguments arguments, ParseResult parsed, string? job, int? timeLimitSeconds, bool takesOver)
    {
        await using var desk = arguments.Open(parsed);
        IReadOnlyList<SyncJob> jobs = job is null ? desk.Jobs : [desk.FindJob(job)];
        RunSeries series = new(desk.Time, timeLimitSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, StopSignals.StopRequested);
        using var stopping = StopSignals.StopRequested.Register(() => Terminal.Warning("Stopping: what is on its way is finished and a checkpoint saved. Ctrl-C again aborts."));
        List<SyncReport> reports = [];
        foreach (var next in jobs)
        {
            if (StopSignals.StopRequested.IsCancellationRequested)
            {
                break;
            }

            await desk.RefuseMissingSetUpAsync(next.ApiName);
            if (takesOver)
            {
                await TakeOverAsync(desk, next.ApiName);
            }

            var report = await RunDisplay.ShowAsync(
                next.ApiName,
                progress => series.RunAsync((deadline, progressOfAll) => desk.Get<SyncEngine>().RunAsync(next, deadline, progressOfAll, StopSignals.Aborted), progress));
            ReportText.Write(report, desk.Get<RejectStore>().Describe(next.ApiName));
            reports.Add(report);
        }

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(reports);
        }

        return reports.Select(ExitCodeOf).Append(reports.Count < jobs.Count ? ExitCode.MoreToDo : ExitCode.Done).MaxBy(Severity);
    }

    private static async Task TakeOverAsync(Desk desk, string job)
    {
        var state = await desk.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        var dead = await desk.Get<RunClaims>().TakeOverAsync(state, TellAsync, StopSignals.StopRequested);
        if (dead is null)
        {
            Terminal.Line($"{job}: no other run is at work; there is nothing to take over.");
        }

        Task TellAsync(RunRow row)
        {
            Terminal.Warning($"{job}: taking over from run {row.Number}, which began at {row.CreatedAt:u}. Waiting {RunClaims.Grace.TotalSeconds} seconds, until Marketo is done with whatever it had sent.");
            return Task.CompletedTask;
        }
    }

    public static int ExitCodeOf(SyncReport report) => report.Outcome switch
    {
        RunOutcome.NothingNew or RunOutcome.Succeeded => ExitCode.Done,
        _ when report.IsAlerted => ExitCode.MarketoUnreachable,
        RunOutcome.Failed => ExitCode.Failed,
        _ => ExitCode.MoreToDo,
    };

    private static int Severity(int exitCode) => exitCode switch
    {
        ExitCode.Done => 0,
        ExitCode.MoreToDo => 1,
        ExitCode.Failed => 2,
        _ => 3,
    };
}
