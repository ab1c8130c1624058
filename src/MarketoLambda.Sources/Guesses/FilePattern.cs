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
        var last = Path.GetExtension(name);
        var isPacked = last.Equals(Packed, StringComparison.OrdinalIgnoreCase);
        var ending = isPacked ? Path.GetExtension(Path.GetFileNameWithoutExtension(name)) + last : last;
        return Numbers().Replace(name[..^ending.Length], "*") + ending;
    }

    /// <summary>The pattern for packed and unpacked files of that name; null where the folder has one of the two alone.</summary>
    /// <param name="pattern">The pattern of one of them.</param>
    /// <param name="names">Files of the folder.</param>
    public static string? FindBoth(string pattern, IReadOnlyList<string> names)
    {
        var unpacked = pattern.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? pattern[..^Packed.Length] : pattern;
        return names.Any(new FileSelection([unpacked]).Includes) && names.Any(new FileSelection([unpacked + Packed]).Includes)
            ? $"{unpacked}*"
            : null;
    }

    [GeneratedRegex(@"\d+([-._ T]?\d+)*")]
    private static partial Regex Numbers();
}
