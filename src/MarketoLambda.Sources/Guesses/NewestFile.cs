using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Guesses;

/// <summary>The file of a folder that is looked at where none is named: the newest that has rows.</summary>
internal static class NewestFile
{
    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".ndjson"];

    /// <summary>Null where no file fits that has a byte.</summary>
    /// <param name="files">Of the folder.</param>
    /// <param name="pattern">Which; null for all, those first whose names end as files with rows do.</param>
    public static FileEntry? Find(IEnumerable<FileEntry> files, string? pattern)
    {
        FileSelection selection = new([pattern ?? "*"]);
        return files
            .Where(file => file is { Kind: FileEntryKind.File, Bytes: > 0 } && selection.Includes(file.Name))
            .OrderByDescending(file => pattern is not null || FilePattern.EndsWith(file.Name, Endings))
            .ThenByDescending(file => file.ModifiedAt)
            .ThenByDescending(file => file.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
