using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary><c>rejects retry JOB</c>: sends again what was refused, and nothing new.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        DeskArguments desk = new();
        Argument<string> job = new("JOB") { Description = "API name of the custom object" };
        Command command = new("retry", "Try all open rejects of a job again, with the mapping as it is now. Never overwrites a newer version.") { job };
        desk.AddTo(command);
        command.SetAction((parsed, _) => RetryAsync(desk, parsed, parsed.GetValue(job)!));
        return command;
    }

    private static async Task<int> RetryAsync(DeskArguments arguments, ParseResult parsed, string name)
    {
        await using var desk = arguments.Open(parsed);
        var job = desk.FindJob(name);
        RejectsPlace.RefuseUnlessInMarketo(desk, job.ApiName);
        await desk.RefuseMissingSetUpAsync(job.ApiName);
        Slices slices = new(desk.Time, limit: null, StopSignals.StopRequested);
        var report = await slices.RunAsync((deadline, _) => desk.Get<SyncEngine>().RetryRejectsAsync(job, deadline, StopSignals.Aborted), progress: null);
        ReportText.Write(report, desk.Get<RejectStore>().Describe(job.ApiName));
        if (parsed.GetValue(arguments.Json))
        {
            JsonOutput.Write([report]);
        }

        return RunCommand.ExitCodeOf(report);
    }
}
