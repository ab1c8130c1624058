using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Guesses how the files of a folder or bucket are to be read, from one of them.</summary>
internal static class FolderGuess
{
    private static readonly string[] JsonEndings = [".jsonl", ".ndjson"];

    /// <param name="folder">Where the file is.</param>
    /// <param name="file">The file that is looked at.</param>
    /// <param name="maxOthers">How many others of its kind are compared: the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It cannot be read.</exception>
    public static async Task<GuessedFile> FindAsync(
        IFileFolder folder, FileEntry file, int maxOthers, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(folder, file, cancellationToken);
        if (found.Columns.Count == 0)
        {
            throw new SourceException(
                $"{file.Name} has no column with a name that no other has: give its columns names of their own in its header");
        }

        var narrow = FilePattern.Find(file.Name);
        var files = (await folder.ListAsync(cancellationToken)).Where(other => other.Kind == FileEntryKind.File).ToList();
        var pattern = FilePattern.FindBoth(narrow, [.. files.Select(other => other.Name)]) ?? narrow;
        FileSelection alike = new([pattern]);
        var others = files
            .Where(other => other.Bytes > 0 && other.Name != file.Name && alike.Includes(other.Name))
            .OrderByDescending(other => other.ModifiedAt)
            .ThenBy(other => other.Name, StringComparer.Ordinal)
            .Take(maxOthers)
            .ToList();
        var differing = await FindDifferingAsync(folder, others, pattern, found.Columns, cancellationToken);
        if (differing is not null && pattern != narrow)
        {
            pattern = narrow;
            differing = await FindDifferingAsync(folder, others, pattern, found.Columns, cancellationToken);
        }

        return found with
        {
            Pattern = new GuessedSetting("pattern", differing is null ? pattern : file.Name)
            {
                Note = differing is not null ? $"\"{pattern}\" would also take {differing}, which has other columns"
                    : pattern == file.Name ? "to read files with other names too, use * and ?"
                    : null,
            },
        };
    }

    /// <summary>The first that the pattern takes and that lacks some of the columns; null where there is none.</summary>
    private static async Task<string?> FindDifferingAsync(
        IFileFolder folder,
        IEnumerable<FileEntry> others,
        string pattern,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken)
    {
        FileSelection selection = new([pattern]);
        foreach (var other in others.Where(other => selection.Includes(other.Name)))
        {
            if (!await HasSameColumnsAsync(folder, other, columns, cancellationToken))
            {
                return other.Name;
            }
        }

        return null;
    }

    private static async Task<bool> HasSameColumnsAsync(
        IFileFolder folder, FileEntry file, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        try
        {
            var found = await ReadAsync(folder, file, cancellationToken);
            return found.Columns.ToHashSet(StringComparer.OrdinalIgnoreCase).IsSupersetOf(columns);
        }
        catch (SourceException)
        {
            return false;
        }
    }

    private static async Task<GuessedFile> ReadAsync(IFileFolder folder, FileEntry file, CancellationToken cancellationToken)
    {
        await using var bytes = await folder.OpenAsync(file, cancellationToken)
            ?? throw new SourceException($"{file.Name} was removed while it was looked at; try again");
        bytes.Obey(cancellationToken);
        var (name, start) = (file.Name, Start(bytes));
        return start.AsSpan().StartsWith("PK"u8) || name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)
                ? ExcelGuess.Read(name, bytes, cancellationToken)
            : start.AsSpan().TrimStart("\xEF\xBB\xBF \t\r\n"u8).StartsWith("{"u8)
                || FilePattern.EndsWith(name, JsonEndings)
                ? JsonLinesGuess.Read(name, bytes, cancellationToken)
            : CsvGuess.Read(name, bytes, cancellationToken);
    }

    private static byte[] Start(Stream bytes)
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
/// <param name="Type">The source that reads it in a folder.</param>
/// <param name="Settings">Settings of that source, beside its place and pattern.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record GuessedFile(string Type, IReadOnlyList<GuessedSetting> Settings, IReadOnlyList<string> Columns)
{
    /// <summary>Which files are read with it.</summary>
    public GuessedSetting Pattern { get; init; } = new("pattern", "*");
}
