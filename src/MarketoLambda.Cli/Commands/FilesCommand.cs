using System.CommandLine;
using MarketoLambda.Cli.Commands.Files;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>files forget</c>: what a person knows of a job's files.</summary>
internal static class FilesCommand
{
    public static Command Create() => new("files", "Say which files of a job are finished.")
    {
        ForgetCommand.Create(),
    };
}
