using System.CommandLine.Parsing;

namespace MarketoLambda.Cli.Commands;

/// <summary>A command as it is typed behind the program's name, each word with a blank: <c>jobs check </c>.</summary>
internal static class CommandPath
{
    public static string From(CommandResult result) => result.Parent is CommandResult parent ? $"{From(parent)}{result.Command.Name} " : "";
}
