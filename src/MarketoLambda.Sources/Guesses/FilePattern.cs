using System.Text.RegularExpressions;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Makes a pattern of a file's name: numbers and dates in it are different in the next file.</summary>
internal static partial class FilePattern
{
    private const string Packed = ".gz";

    /// <summary>The pattern for a name.</summary>
    public static string Find(string name)
    {
        var unpacked = Unpacked(name);
        var stem = unpacked[..^Path.GetExtension(unpacked).Length];
        return Numbers().Replace(stem, "*") + name[stem.Length..];
    }

    /// <summary>The pattern for packed and unpacked files of that name; null where the folder has one of the two alone.</summary>
    /// <param name="pattern">The pattern of one of them.</param>
    /// <param name="names">Files of the folder.</param>
    public static string? FindBoth(string pattern, IReadOnlyList<string> names)
    {
        var unpacked = Unpacked(pattern);
        return names.Any(new FileSelection([unpacked]).Includes) && names.Any(new FileSelection([unpacked + Packed]).Includes)
            ? $"{unpacked}*"
            : null;
    }

    /// <summary>Whether a name ends in one of these, packed or not.</summary>
    public static bool EndsWith(string name, IReadOnlyList<string> endings)
    {
        var unpacked = Unpacked(name);
        return endings.Any(ending => unpacked.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static string Unpacked(string name) =>
        name.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? name[..^Packed.Length] : name;

    [GeneratedRegex(@"\d+([-._ T]?\d+)*")]
    private static partial Regex Numbers();
}
