namespace MarketoLambda.Sources.Files;

/// <summary>Decides, when a file's turn has come, whether it may be read now.</summary>
/// <param name="folder">Where the file is.</param>
/// <param name="time">Compared with the file's time of change.</param>
/// <param name="settleTime">How long a file must have been left alone; zero lets every file in.</param>
/// <param name="imported">What is finished.</param>
internal sealed class FileAdmission(IFileFolder folder, TimeProvider time, TimeSpan settleTime, ImportedFiles imported)
{
    private static readonly TimeSpan ToleratedClockDifference = TimeSpan.FromMinutes(1);

    private readonly FileComparison _comparison = new(folder);

    public async ValueTask<Admission> ProbeAsync(string name, CancellationToken cancellationToken)
    {
        if (await folder.FindAsync(name, cancellationToken) is not { Kind: FileEntryKind.File } file)
        {
            return new Admission.Gone();
        }

        if (IsSettling(file))
        {
            return new Admission.Settling();
        }

        if (await folder.FingerprintAsync(file, cancellationToken) is not { } fingerprint)
        {
            return new Admission.Gone();
        }

        var known = imported.Find(FileHashes.OfName(name));
        if (known is { } finished && await _comparison.FindAsync(file, finished, trustsListing: false, cancellationToken) is not null)
        {
            return new Admission.Finished();
        }

        return await folder.OpenAsync(file, cancellationToken) is { } content
            ? new Admission.Granted(
                file,
                _comparison.Listed(file) with
                {
                    Edges = FileHashes.OfEdges(fingerprint),
                },
                fingerprint,
                content,
                known is not null,
                IsAheadOfTheClock(file))
            : new Admission.Gone();
    }

    /// <summary>Whether the half-read file is still the one it was.</summary>
    public async ValueTask<bool> IsStillAsync(FileEntry file, FinishedFile half, CancellationToken cancellationToken) =>
        await _comparison.FindAsync(file, half, trustsListing: false, cancellationToken) is not null;

    /// <summary>Whether the file was changed or replaced since it was let in. One that was moved away was not.</summary>
    public async ValueTask<bool> HasChangedAsync(FileEntry file, CancellationToken cancellationToken) =>
        await folder.FindAsync(file.Name, cancellationToken) is { } now && now.DiffersFrom(file);

    // The clock that stamped the file, and not ours, says how long ago that was.
    private DateTimeOffset Now => time.GetUtcNow() + folder.ClockAhead;

    private bool IsAheadOfTheClock(FileEntry file) => file.ModifiedAt - Now > ToleratedClockDifference;

    private bool IsSettling(FileEntry file) =>
        settleTime > TimeSpan.Zero && Now - file.ModifiedAt < settleTime && !IsAheadOfTheClock(file);
}

/// <summary>What was decided about a file.</summary>
internal abstract record Admission
{
    /// <summary>It may be read.</summary>
    /// <param name="File">The file as it is now.</param>
    /// <param name="Id">What is known of it before it is read: all but its content.</param>
    /// <param name="Fingerprint">Its fingerprint.</param>
    /// <param name="Content">Its bytes as stored, for the caller to dispose of.</param>
    /// <param name="IsReplacement">Whether a file of this name was finished with other content.</param>
    /// <param name="IsFromTheFuture">Whether its time of change is so far ahead that a clock must be wrong. It counts as settled.</param>
    internal sealed record Granted(
        FileEntry File,
        FinishedFile Id,
        string Fingerprint,
        Stream Content,
        bool IsReplacement,
        bool IsFromTheFuture) : Admission;

    /// <summary>It was changed a moment ago and may still be growing.</summary>
    internal sealed record Settling : Admission;

    /// <summary>It was replaced when the folder was listed, and has its finished content again.</summary>
    internal sealed record Finished : Admission;

    /// <summary>It is no longer there.</summary>
    internal sealed record Gone : Admission;
}
