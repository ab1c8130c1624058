using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Guesses how files of a folder are to be read, from one of them: its kind, its columns, and how its text is written.</summary>
public static class FileGuess
{
    /// <summary>Other files of the folder whose columns are compared.</summary>
    private const int MaxOthers = 20;

    /// <summary>The source that reads this file, and those that will come after it.</summary>
    /// <param name="path">A file that is there, or a folder: its newest file is looked at.</param>
    /// <param name="jobFolder">The folder of the job file: the source's folder is relative to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It cannot be read.</exception>
    public static async Task<GuessedSource> FindAsync(string path, string jobFolder, CancellationToken cancellationToken)
    {
        var isFolder = Directory.Exists(path);
        var place = isFolder ? Path.GetFullPath(path) : Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        LocalFolder folder = new(place);
        var file = isFolder
            ? NewestFile.Find(await folder.ListAsync(cancellationToken), pattern: null)
                ?? throw new SourceException($"The folder {path} has no file with rows: put one there of the kind to be imported")
            : await folder.FindAsync(Path.GetFileName(path), cancellationToken) ?? throw new SourceException($"There is no file {path}");
        var found = await FolderGuess.FindAsync(folder, file, MaxOthers, cancellationToken);
        var relative = Path.GetRelativePath(jobFolder, place).Replace('\\', '/');
        return new GuessedSource(
            [new GuessedSetting("type", found.Type), new GuessedSetting("folder", relative), found.Pattern, .. found.Settings],
            found.Columns)
        {
            File = file.Name,
        };
    }
}
