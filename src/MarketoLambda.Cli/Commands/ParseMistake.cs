using System.Text.RegularExpressions;

namespace MarketoLambda.Cli.Commands;

/// <summary>Says in words what the parser of the command line says with names of .NET's types.</summary>
internal static partial class ParseMistake
{
    public static string Explain(string message) => WrongType().Match(message) is { Success: true } wrong
        ? $"{wrong.Groups["option"].Value} needs {Kind(wrong.Groups["type"].Value)}, and \"{wrong.Groups["value"].Value}\" is none."
        : message;

    private static string Kind(string type) => type.Contains("Int", StringComparison.Ordinal) ? "a whole number" : "another value";

    [GeneratedRegex(
        "^Cannot parse argument '(?<value>.*)' for (option|command) '(?<option>[^']*)' as expected type '(?<type>.*)'\\.",
        RegexOptions.Singleline
    )]
    private static partial Regex WrongType();
}
