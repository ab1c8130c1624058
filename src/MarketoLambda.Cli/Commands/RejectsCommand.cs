using System.CommandLine;
using MarketoLambda.Cli.Commands.Rejects;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>rejects list</c> and <c>rejects retry</c>: what could not be imported.</summary>
internal static class RejectsCommand
{
    public static Command Create() => new("rejects", "Show what could not be imported, or try it again.")
    {
        ListCommand.Create(),
        RetryCommand.Create(),
    };
}
