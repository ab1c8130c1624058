using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>A folder on this machine. Everything is read synchronously.</summary>
internal sealed class LocalFolder(string path) : IFileFolder
{
    // The checks of a file and its rows are read in large pieces already; a buffer below them would only copy.
    private const int NoBuffer = 1;

    // Stands in a name for bytes that are not valid UTF-8: the name is no longer the file's own.
    private const char Undecodable = '\uFFFD';

    private static readonly EnumerationOptions FilesHere = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public string Description => path;

    public ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var files = new DirectoryInfo(path).EnumerateFiles("*", FilesHere);
            return new([.. files.Select(Describe).OfType<FileEntry>()]);
        }
        catch (DirectoryNotFoundException)
        {
            throw new SourceException($"The folder {path} does not exist; create it, or correct \"folder\" in the job file");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"The folder {path} cannot be read; give this program the right to list its files", failure);
        }
    }

    public ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        new(Describe(new FileInfo(Path.Combine(path, name))));

    public ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken)
    {
        using var content = Open(file.Name);
        return new(content is null ? null : FileFingerprint.Compute(content));
    }

    public ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken) => new(Open(file.Name));

    private FileStream? Open(string name)
    {
        try
        {
            // Whoever writes or moves the file is not to be hindered; a change is noticed afterwards.
            const FileShare others = FileShare.ReadWrite | FileShare.Delete;
            return new FileStream(Path.Combine(path, name), FileMode.Open, FileAccess.Read, others, NoBuffer, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(
                $"{name} may not be read, and the files after it wait; give this program the right to read it, or move it out of the "
                    + "folder",
                failure);
        }
    }

    private static FileEntry? Describe(FileInfo file)
    {
        try
        {
            var isLink = file.LinkTarget is not null;
            var target = isLink ? file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo : file;
            return target is { Exists: true } ? new FileEntry(file.Name, target.Length, target.LastWriteTimeUtc) { Kind = KindOf(target) }
                : isLink ? Odd(file, FileEntryKind.DeadLink)
                : file.Name.Contains(Undecodable) ? Odd(file, FileEntryKind.UnreadableName)
                : null;
        }
        catch (IOException)
        {
            return file.LinkTarget is null ? null : Odd(file, FileEntryKind.LinkLoop); // or it was removed since it was listed
        }
    }

    private static FileEntryKind KindOf(FileInfo target) => FileKind.IsRegular(target) ? FileEntryKind.File : FileEntryKind.Device;

    private static FileEntry Odd(FileInfo file, FileEntryKind kind) => new(file.Name, Bytes: 0, default) { Kind = kind };
}
