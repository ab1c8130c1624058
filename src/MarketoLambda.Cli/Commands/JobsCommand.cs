using System.CommandLine;
using MarketoLambda.Cli.Commands.Jobs;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>jobs …</c>: what concerns the job file itself.</summary>
internal static class JobsCommand
{
    public static Command Create() => new("jobs", "Write, check and share the job file.")
    {
        NewCommand.Create(),
        CheckCommand.Create(),
        SchemaCommand.Create(),
        PushCommand.Create(),
        PullCommand.Create(),
    };
}
