using System.Text.RegularExpressions;

namespace MarketoLambda.Cli.Commands;

/// <summary>Says in words what the parser of the command line says with names of .NET's types.</summary>
internal static partial class ParseMistake
{
    public static string Of(string message) => WrongType().Match(message) is { Success: true } wrong
        ? $"{wrong.Groups["option"].Value} needs {(wrong.Groups["type"].Value.Contains("Int", StringComparison.Ordinal) ? "a whole number" : "another value")}, and \"{wrong.Groups["value"].Value}\" is none."
        : message;

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for (option|command) '(?<option>[^']*)' as expected type '(?<type>.*)'\\.", RegexOptions.Singleline)]
    private static partial Regex WrongType();
}
