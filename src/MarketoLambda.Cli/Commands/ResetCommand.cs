using System.CommandLine;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Cli.Previews;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>reset JOB</c>: the next run starts from the beginning, or from a point in time.</summary>
internal static class ResetCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static Command Create()
    {
        LocalHostArguments local = new();
        var job = JobArgument.Required();
        var to = PointInTime.Optional("--to", "The new high-water mark");
        Option<bool> newEpoch = new("--new-epoch") { Description = "The object was emptied in Marketo: count its records anew from now" };
        var dryRun = DryRuns.Option();
        Command command = new("reset", "Set the mark back, so that the next run imports again from the beginning, or from a point in time.")
        {
            job,
            to,
            newEpoch,
            dryRun,
        };
        local.AddTo(command);
        command.SetAction(
            (parsed, _) => parsed.GetValue(dryRun)
                ? PreviewAsync(local, parsed, parsed.GetRequiredValue(job), parsed.GetValue(to))
                : ResetAsync(local, parsed, parsed.GetRequiredValue(job), parsed.GetValue(to), parsed.GetValue(newEpoch)));
        return command;
    }

    /// <summary>What the run after it would do.</summary>
    private static async Task<int> PreviewAsync(LocalHostArguments arguments, ParseResult parsed, string name, DateTimeOffset? to)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        ThrowIfImpossible(job, to, local.Time.GetUtcNow());
        return await DryRuns.ShowAsync(
            local,
            [job],
            (dryRun, next) => dryRun.ImportAsync(next, new Checkpoint { Mark = to }, StopSignals.StopRequested, StopSignals.Aborted),
            parsed.GetValue(arguments.Json));
    }

    private static async Task<int> ResetAsync(
        LocalHostArguments arguments,
        ParseResult parsed,
        string name,
        DateTimeOffset? to,
        bool startsEpoch)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        ThrowIfImpossible(job, to, local.Time.GetUtcNow());
        var result = await local
            .Get<JobReset>()
            .ResetAsync(job.Name, to, startsEpoch, new RunDeadline(local.Time, Limit, StopSignals.StopRequested), StopSignals.Aborted);
        var busyUntil = (result as EditResult<Checkpoint>.Busy)?.Until;
        var done = busyUntil is null;
        if (done)
        {
            Terminal.Good(
                $"{job.Name}: the next run starts {(to is { } mark ? $"at {mark:u}" : "from the beginning")}. What is imported again "
                    + "changes nothing in Marketo that is the same."
            );
        }
        else
        {
            BusyJob.Warn(job.Name, busyUntil);
        }

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(new ResetReport(job.Name, done, to, busyUntil));
        }

        return done ? ExitCode.Done : ExitCode.MoreToDo;
    }

    private static void ThrowIfImpossible(SyncJob job, DateTimeOffset? to, DateTimeOffset now)
    {
        if (to is not null && !job.Source.HasCursor)
        {
            throw new WrongInputException(
                $"{job.Name} has no \"cursor\" in the job file, so its rows cannot be told apart by time. Leave out --to and import "
                    + "everything again, or drop only the files you want under new names."
            );
        }

        if (to > now)
        {
            throw new WrongInputException(
                $"--to {to:u} is in the future: everything stamped until then would be passed over. Give a time that has passed.");
        }
    }
}
