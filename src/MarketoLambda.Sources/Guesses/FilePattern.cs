using System.Text.RegularExpressions;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Makes a pattern of a file's name: numbers and dates in it are different in the next file.</summary>
internal static partial class FilePattern
{
    public static string Find(string name)
    {
        var last = Path.GetExtension(name);
        var isPacked = last.Equals(".gz", StringComparison.OrdinalIgnoreCase);
        var ending = isPacked ? Path.GetExtension(Path.GetFileNameWithoutExtension(name)) + last : last;
        return Numbers().Replace(name[..^ending.Length], "*") + ending;
    }

    [GeneratedRegex(@"\d+([-._ T]?\d+)*")]
    private static partial Regex Numbers();
}
