using System.CommandLine;
using System.Text.RegularExpressions;
using MarketoLambda.Cli.Output;

namespace MarketoLambda.Cli.Commands;

/// <summary>Says in words what the parser of the command line says with names of .NET's types.</summary>
internal static partial class ParseMistake
{
    /// <summary>A sentence for each mistake, with what to type.</summary>
    public static IReadOnlyList<string> Find(ParseResult parsed) =>
        [.. parsed.Errors.Select(error => Explain(error.Message, parsed)).Distinct()];

    private static string Explain(string message, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (WrongType().Match(message) is { Success: true } wrong)
        {
            return $"{Group(wrong, "option")} needs {Kind(Group(wrong, "type"))}, and \"{Group(wrong, "value")}\" is none.";
        }

        if (MissingArgument().IsMatch(message) && FirstMissing(parsed) is { } argument)
        {
            return $"{argument.Name} is missing: type {Usage(parsed)}.";
        }

        if (MissingValue().Match(message) is { Success: true } bare && OptionOf(parsed, Group(bare, "option")) is { } option)
        {
            return $"{option.Name} needs a value: type {option.Name} {option.HelpName ?? "VALUE"}.";
        }

        if (MissingOption().Match(message) is { Success: true } absent && OptionOf(parsed, Group(absent, "option")) is { } required)
        {
            return $"{required.Name} is missing: type {required.Name} {required.HelpName ?? "VALUE"}.";
        }

        if (Unknown().Match(message) is { Success: true } unknown)
        {
            return $"{Group(unknown, "word")} is one word too many: type {Usage(parsed)}.";
        }

        var path = CommandPath.From(parsed.CommandResult);
        return command.Subcommands.Count > 0 && message.Contains("command", StringComparison.Ordinal)
            ? $"Say what to do: {string.Join(", ", command.Subcommands.Select(next => $"{path}{next.Name}"))}."
            : message;
    }

    /// <summary>The command with its arguments, as it is typed here.</summary>
    private static string Usage(ParseResult parsed) =>
        string.Join(
            ' ',
            [
                StartedAs.Command,
                CommandPath.From(parsed.CommandResult).TrimEnd(),
                .. parsed.CommandResult.Command.Arguments.Select(Placeholder),
            ]);

    private static string Placeholder(Argument argument) => argument.Arity switch
    {
        { MinimumNumberOfValues: > 0 } => argument.Name,
        { MaximumNumberOfValues: > 1 } => $"[{argument.Name} …]",
        _ => $"[{argument.Name}]",
    };

    private static Argument? FirstMissing(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 });

    private static Option? OptionOf(ParseResult parsed, string name) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name);

    private static string Group(Match match, string name) => match.Groups[name].Value;

    private static string Kind(string type) => type.Contains("Int", StringComparison.Ordinal) ? "a whole number" : "another value";

    [GeneratedRegex(
        "^Cannot parse argument '(?<value>.*)' for (option|command) '(?<option>[^']*)' as expected type '(?<type>.*)'\\.",
        RegexOptions.Singleline
    )]
    private static partial Regex WrongType();

    [GeneratedRegex("^Required argument missing for command: ")]
    private static partial Regex MissingArgument();

    [GeneratedRegex("^Required argument missing for option: '(?<option>[^']*)'")]
    private static partial Regex MissingValue();

    [GeneratedRegex("^Option '(?<option>[^']*)' is required")]
    private static partial Regex MissingOption();

    [GeneratedRegex("^Unrecognized command or argument '(?<word>.*)'\\.", RegexOptions.Singleline)]
    private static partial Regex Unknown();
}
