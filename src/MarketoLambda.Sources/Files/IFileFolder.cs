namespace MarketoLambda.Sources.Files;

/// <summary>A place that holds files side by side: a folder on disk, or a bucket.</summary>
/// <remarks>
/// The streams it gives are seekable and read synchronously, so that a file can be checked to its end and then be read again. One that has
/// to wait for a network is an <see cref="IDistantContent"/>. Other processes add, replace and remove files at any time.
/// </remarks>
internal interface IFileFolder
{
    /// <summary>Where it is, for people.</summary>
    string Description { get; }

    /// <summary>How far the clock that stamps the files is ahead of ours, as far as that was seen.</summary>
    TimeSpan ClockAhead => TimeSpan.Zero;

    /// <summary>Every file of the folder itself, in any order.</summary>
    /// <exception cref="Sync.Sources.SourceException">The folder cannot be read.</exception>
    ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken);

    /// <summary>What is known of a file now; null where it is gone.</summary>
    ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// A short text that changes with the file's content and begins with its size, see <see cref="FileFingerprint"/>; null where the file
    /// is gone.
    /// </summary>
    ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken);

    /// <summary>The file's bytes as stored; null where it is gone.</summary>
    /// <exception cref="Sync.Sources.SourceException">The file may not be read, or was replaced since it was found.</exception>
    ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken);
}

/// <summary>Bytes that come through a network. Reading them waits there, synchronously too, and ends with the token.</summary>
internal interface IDistantContent
{
    /// <summary>Ends what is waited for from now on.</summary>
    CancellationToken Cancellation { set; }
}

/// <summary>Hands tokens to bytes that may come through a network.</summary>
internal static class DistantContents
{
    /// <summary>Lets this token end whatever is waited for while the bytes are read.</summary>
    public static void Obey(this Stream bytes, CancellationToken cancellationToken)
    {
        if (bytes is IDistantContent distant)
        {
            distant.Cancellation = cancellationToken;
        }
    }
}

/// <summary>A file as a folder lists it.</summary>
internal sealed record FileEntry(string Name, long Bytes, DateTimeOffset ModifiedAt)
{
    /// <summary>
    /// What the place itself tells versions of a file apart by, such as the ETag of a bucket; null where it has nothing of the kind.
    /// </summary>
    public string? Tag { get; init; }

    /// <summary>What it is: all but files have a name, and must not be opened.</summary>
    public FileEntryKind Kind { get; init; }

    /// <summary>Whether the file may have another content than this one. The time of change tells only where there is no tag.</summary>
    public bool DiffersFrom(FileEntry other) => Tag is null ? this != other : Tag != other.Tag;
}

/// <summary>What has a name in a folder.</summary>
internal enum FileEntryKind
{
    /// <summary>A file, or a link to one.</summary>
    File,

    /// <summary>A pipe or a device: it has no end.</summary>
    Device,

    /// <summary>A link to what is not there.</summary>
    DeadLink,

    /// <summary>A link that leads back to itself.</summary>
    LinkLoop,

    /// <summary>Its name is not valid UTF-8, so no program that goes by text can open it.</summary>
    UnreadableName,
}
