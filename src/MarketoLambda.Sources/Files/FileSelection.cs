using System.IO.Enumeration;

namespace MarketoLambda.Sources.Files;

/// <summary>Which files of a folder are meant. Files with a temporary name never are: they are still being written.</summary>
/// <remarks>
/// What editors, spreadsheets and transfers leave beside a file (backups, locks, checksums) is meant only where a pattern names its ending.
/// </remarks>
/// <param name="Patterns">With <c>*</c> and <c>?</c>, any of which may fit; upper and lower case are the same.</param>
internal sealed record FileSelection(IReadOnlyList<string> Patterns)
{
    private static readonly string[] TemporaryEndings = [".filepart", ".tmp", ".part", ".incomplete", ".crdownload"];

    private static readonly string[] SideBeginnings = ["~$", "#"];

    private static readonly string[] SideEndings =
    [
        "~", "#", ".bak", ".backup", ".orig", ".old", ".sav", ".save", ".swp", ".swo", ".rej",
        ".md5", ".sha1", ".sha256", ".sha512", ".crc", ".sig", ".asc", ".done", ".ok",
    ];

    public bool Includes(string name) =>
        !name.StartsWith('.')
        && !TemporaryEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        && Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true) && Names(pattern, name));

    /// <summary>The patterns, for people.</summary>
    public override string ToString() => string.Join(", ", Patterns.Select(pattern => $"\"{pattern}\""));

    private static bool Names(string pattern, string name) =>
        SideBeginnings.All(beginning => !Begins(name, beginning) || Begins(pattern, beginning))
        && SideEndings.All(ending => !Ends(name, ending) || Ends(pattern, ending));

    private static bool Begins(string text, string beginning) => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

    private static bool Ends(string text, string ending) => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
