using System.CommandLine;
using MarketoLambda.Cli.Commands.Rejects;

namespace MarketoLambda.Cli.Commands;

/// <summary><c>rejects list</c>, <c>export</c>, <c>retry</c> and <c>dismiss</c>: what could not be imported.</summary>
internal static class RejectsCommand
{
    public static Command Create() => new("rejects", "Show what could not be imported, try it again, or let go of it.")
    {
        ListCommand.Create(),
        ExportCommand.Create(),
        RetryCommand.Create(),
        DismissCommand.Create(),
    };
}
