namespace MarketoLambda.Sources.Files;

/// <summary>A place that holds files side by side: a folder on disk, later a bucket.</summary>
/// <remarks>
/// Only <see cref="OpenAsync"/> may take long; the streams it gives are seekable and read synchronously, so that a file can be
/// checked to its end and then be read again. Other processes add, replace and remove files at any time.
/// </remarks>
internal interface IFileFolder
{
    /// <summary>Where it is, for people.</summary>
    string Description { get; }

    /// <summary>Every file of the folder itself, in any order.</summary>
    /// <exception cref="Sync.Reading.SourceException">The folder cannot be read.</exception>
    ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken);

    /// <summary>What is known of a file now; null where it is gone.</summary>
    ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>A short text that changes with the file's content, see <see cref="FilePrint"/>; null where the file is gone.</summary>
    ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken);

    /// <summary>The file's bytes as stored; null where it is gone.</summary>
    /// <exception cref="Sync.Reading.SourceException">The file may not be read.</exception>
    ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken);
}

/// <summary>A file as a folder lists it. Two entries that differ mean that the file was changed in between.</summary>
internal sealed record FileEntry(string Name, long Bytes, DateTimeOffset ModifiedAt)
{
    /// <summary>False for what has a name but is no file, such as a pipe: it must not be opened.</summary>
    public bool IsRegular { get; init; } = true;
}
