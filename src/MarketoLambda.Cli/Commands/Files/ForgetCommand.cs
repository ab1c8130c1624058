using System.CommandLine;
using MarketoLambda.Cli.Arguments;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Commands.Files;

/// <summary><c>files forget JOB --before NAME</c>: files that were imported although no position says so, or are not to be.</summary>
internal static class ForgetCommand
{
    // Every file that is marked is read once, so that a change is noticed later.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public static Command Create()
    {
        LocalHostArguments local = new();
        var job = JobArgument.Required();
        Option<string> before = new("--before")
        {
            Description = "A file's name: every file whose name sorts before it counts as finished",
            Required = true,
        };
        Command command = new("forget", "Mark every file named before another one as finished. Nothing of them is imported.")
        {
            job,
            before,
        };
        local.AddTo(command);
        command.SetAction((parsed, _) => ForgetAsync(local, parsed, parsed.GetRequiredValue(job), parsed.GetRequiredValue(before)));
        return command;
    }

    private static async Task<int> ForgetAsync(LocalHostArguments arguments, ParseResult parsed, string name, string before)
    {
        await using var local = arguments.Open(parsed);
        var job = local.FindJob(name);
        if (job.Source is not IFileSource)
        {
            throw new WrongInputException($"{job.Name} reads {job.Source.Description}, which has no files to mark.");
        }

        await local.ThrowIfNotSetUpAsync(job.Name);
        var result = await local
            .Get<JobForget>()
            .ForgetAsync(job, before, new RunDeadline(local.Time, Limit, StopSignals.StopRequested), StopSignals.Aborted);
        var files = (result as EditResult<ForgottenFiles>.Done)?.What;
        var busyUntil = (result as EditResult<ForgottenFiles>.Busy)?.Until;
        if (files is null)
        {
            BusyJob.Warn(job.Name, busyUntil);
        }
        else
        {
            Terminal.Good(
                $"{job.Name}: {Quantity.Format(files.Count, "file")} more, named before \"{before}\", "
                    + $"{(files.Count == 1 ? "counts" : "count")} as finished; to be imported: {Quantity.Format(files.Pending, "file")}.");
        }

        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write(new ForgetReport(job.Name, files is not null, before, files?.Count ?? 0, files?.Pending ?? 0, busyUntil));
        }

        return files is null ? ExitCode.MoreToDo : ExitCode.Done;
    }
}
