using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Hosting;

/// <summary>The exit code of a command that ran a job.</summary>
internal static class RunExitCode
{
    public static int From(SyncReport report) => report.Outcome switch
    {
        RunOutcome.NothingNew or RunOutcome.Succeeded => ExitCode.Done,
        _ when report.IsAlerted => ExitCode.MarketoUnreachable,
        RunOutcome.Failed => ExitCode.Failed,
        _ => ExitCode.MoreToDo,
    };
}
