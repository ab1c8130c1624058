using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Cli.Watching;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Schedules;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>watch</c>: jobs on their own schedules, on a workstation or in a container.</summary>
internal static class WatchCommand
{
    private static readonly Option<string?> Health = new("--health")
    {
        Description = "Write this file anew twice a minute as long as all is well; it is deleted at the end",
        HelpName = "FILE",
    };
    private static readonly Option<string?> Schedule = new("--schedule")
    {
        Description = "When those jobs run that have no schedule in the job file, as \"0 * * * *\" or \"rate(10 minutes)\", in UTC",
        HelpName = "EXPRESSION",
    };

    public static Command Create()
    {
        LocalHostArguments local = new();
        Command command = new("watch", "Run jobs on their own schedules until stopped (Ctrl-C, SIGTERM).") { Schedule, Health };
        local.AddTo(command);
        command.SetAction((parsed, _) => WatchAsync(local, parsed));
        return command;
    }

    private static async Task<int> WatchAsync(LocalHostArguments arguments, ParseResult parsed)
    {
        await using var local = arguments.Open(parsed);
        var path = arguments.JobsPath(parsed);
        JobFileChanges changes = new(
            path,
            () => Watched(LocalHost.ReadJobs(path, arguments.ReadSettings(parsed), local.Time), parsed.GetValue(Schedule)));
        WatchedJobs jobs = new(Watched(local.Jobs, parsed.GetValue(Schedule)), changes.Read);
        foreach (var job in jobs.All)
        {
            await local.ThrowIfNotSetUpAsync(job.Job.Name);
            job.Plan(local.Time.GetUtcNow());
            WatchText.PrintNext(job);
        }

        Terminal.Line($"A change of {path} counts within a minute, without a restart; during a run, when that has ended.");
        using var health = parsed.GetValue(Health) is { } file ? new HealthFile(file, jobs, local.Time) : null;
        using var stopping = StopSignals.StopRequested.Register(() =>
            Terminal.Warning("Stopping: what is on its way is finished and a checkpoint saved. Ctrl-C again ends it at once: then "
                + "runs that were at work hold their leases until somebody takes over."));
        WatchText text = new(health, local.Get<RejectPolicy>().Describe);
        JobWatch watch = new(
            jobs,
            local.Time,
            text,
            job => RunDisplay.ShowAsync(
                job.Name,
                local.Get<MarketoLoad>(),
                progress => local.Get<SyncEngine>().RunAsync(
                    job,
                    new RunDeadline(local.Time, RunSeries.Length, StopSignals.StopRequested),
                    progress,
                    StopSignals.Aborted)));
        await watch.RunAsync(StopSignals.StopRequested);
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write((IReadOnlyList<SyncReport>)[.. jobs.All.Select(job => job.LastReport).OfType<SyncReport>()]);
        }

        return ExitCode.Done;
    }

    private static List<WatchedJob> Watched(IReadOnlyList<SyncJob> jobs, string? otherwise)
    {
        var general = otherwise is null ? null : Parse(otherwise);
        List<WatchedJob> watched = [];
        foreach (var job in JobOrder.Sort(jobs))
        {
            if ((job.Schedule ?? general) is { } schedule)
            {
                watched.Add(new WatchedJob(job, schedule));
            }
            else
            {
                Terminal.Warning($"{job.Name} has no schedule and is not run: give it one in the job file, or use --schedule.");
            }
        }

        return watched.Count > 0
            ? watched
            : throw new WrongInputException(
                "No job has a schedule. Give jobs one in the job file, as \"schedule\": \"0 6 * * 1-5\", or all of them the same with "
                    + "--schedule.");
    }

    private static JobSchedule Parse(string expression)
    {
        try
        {
            return JobSchedule.Parse(expression, TimeZoneInfo.Utc);
        }
        catch (FormatException wrong)
        {
            throw new WrongInputException($"--schedule {wrong.Message}.");
        }
    }
}
