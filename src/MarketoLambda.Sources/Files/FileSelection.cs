using System.IO.Enumeration;

namespace MarketoLambda.Sources.Files;

/// <summary>Which files of a folder are meant. Files with a temporary name never are: they are still being written.</summary>
/// <param name="Pattern">With <c>*</c> and <c>?</c>; upper and lower case are the same.</param>
internal sealed record FileSelection(string Pattern)
{
    private static readonly string[] TemporaryEndings = [".filepart", ".tmp", ".part", ".incomplete", ".crdownload"];

    public bool Includes(string name) =>
        !name.StartsWith('.')
        && !TemporaryEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        && FileSystemName.MatchesSimpleExpression(Pattern, name, ignoreCase: true);
}
