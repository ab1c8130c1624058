using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Guesses how files are to be read, from one of them: its kind, its columns, and how its text is written.</summary>
public static class FileGuess
{
    /// <summary>Other files of the folder whose columns are compared.</summary>
    private const int MaxOthers = 20;

    private static readonly string[] JsonEndings = [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"];

    /// <summary>The source that reads this file, and those that will come after it.</summary>
    /// <param name="path">A file that is there.</param>
    /// <param name="jobFolder">The folder of the job file: the source's folder is relative to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It cannot be read.</exception>
    public static GuessedSource Find(string path, string jobFolder, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        var name = Path.GetFileName(path);
        var (type, settings, columns) = Read(path, cancellationToken);
        var pattern = FilePattern.Find(name);
        var others = Directory.EnumerateFiles(folder).Select(other => Path.GetFileName(other))
            .Where(other => other != name && new FileSelection([pattern]).Includes(other)).Order(StringComparer.Ordinal).Take(MaxOthers);
        var differing = others.FirstOrDefault(other => !HasSameColumns(Path.Combine(folder, other), columns, cancellationToken));
        var relative = Path.GetRelativePath(jobFolder, folder).Replace('\\', '/');
        return new GuessedSource(
            [
                new GuessedSetting("type", type),
                new GuessedSetting("folder", relative),
                new GuessedSetting("pattern", differing is null ? pattern : name)
                {
                    Note = differing is not null ? $"\"{pattern}\" would also take {differing}, which has other columns"
                        : pattern == name ? "to read files with other names too, use * and ?"
                        : null,
                },
                .. settings,
            ],
            columns);
    }

    private static bool HasSameColumns(string path, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        try
        {
            return Read(path, cancellationToken).Columns.ToHashSet(StringComparer.OrdinalIgnoreCase).IsSupersetOf(columns);
        }
        catch (SourceException)
        {
            return false;
        }
    }

    private static GuessedFile Read(string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        using FileStream bytes = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var start = Start(bytes);
        return start.AsSpan().StartsWith("PK"u8) || name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)
                ? ExcelGuess.Read(name, bytes, cancellationToken)
            : start.AsSpan().TrimStart("\xEF\xBB\xBF \t\r\n"u8).StartsWith("{"u8)
                || JsonEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                ? JsonLinesGuess.Read(name, bytes, cancellationToken)
            : CsvGuess.Read(name, bytes, cancellationToken);
    }

    private static byte[] Start(FileStream bytes)
    {
        try
        {
            return FileText.Beginning(bytes);
        }
        catch (IOException)
        {
            return []; // which is told by whoever reads it
        }
    }
}

/// <summary>What is known of one file.</summary>
/// <param name="Type">The source that reads it.</param>
/// <param name="Settings">Settings of that source, beside its place.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record GuessedFile(string Type, IReadOnlyList<GuessedSetting> Settings, IReadOnlyList<string> Columns);
