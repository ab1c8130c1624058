using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Files of one folder, read in the order of their names, each to its end before the next.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="moved">Where finished ones are moved; null where they stay.</param>
/// <param name="options">Which are read, and how.</param>
/// <param name="time">The clock.</param>
internal sealed class FolderSource(IFileFolder folder, FinishedFolder? moved, FolderOptions options, TimeProvider time)
{
    /// <summary>
    /// The order of files is that of their names; within one, and where one comes again, rows are later that are read later.
    /// </summary>
    public static bool IsLater(SourcePlace place, SourcePlace than) =>
        string.CompareOrdinal(place.Location.Container, than.Location.Container) > 0;

    public async Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var opened = await ProbeAsync(request, finishedBefore: null, cancellationToken);
        var (probe, checkpoint) = (opened.Look, opened.Checkpoint);
        PendingFiles pending = new(probe.Pending, probe.Finished);
        if (probe.IsHistoryChanged)
        {
            checkpoint.Refresh();
        }

        foreach (var notice in Notices(opened).Concat(moved is null ? [] : probe.Finished.Select(file => moved.Move(file.Name))))
        {
            if (notice is not null)
            {
                pending.Notices.Enqueue(notice);
            }
        }

        LateFiles lateFiles = new(folder, moved, options, request, time);
        return new FolderReader(folder, options, request, pending, checkpoint, lateFiles, opened.MakeRoomAsync, time);
    }

    /// <inheritdoc cref="IFileSource.ForgetAsync"/>
    public async Task<ForgottenFiles> ForgetAsync(ReadRequest request, string before, CancellationToken cancellationToken)
    {
        var opened = await ProbeAsync(request, before, cancellationToken);
        var checkpoint = opened.Checkpoint;
        if (checkpoint.Half is { } half && string.CompareOrdinal(half.Name, before) < 0)
        {
            checkpoint.DropHalf();
        }

        checkpoint.Refresh();
        if (checkpoint.NeedsRoom)
        {
            await opened.MakeRoomAsync(cancellationToken);
        }

        return new ForgottenFiles(checkpoint.Current, opened.Look.Forgotten, opened.Look.Pending.Count);
    }

    /// <inheritdoc cref="IFileSource.FindNewestAsync"/>
    public async Task<SeenFile?> FindNewestAsync(CancellationToken cancellationToken) =>
        (await folder.ListAsync(cancellationToken))
            .Where(entry => entry.Kind == FileEntryKind.File && options.Selection.Includes(entry.Name))
            .MaxBy(entry => entry.Name, StringComparer.Ordinal) is { } newest
            ? new SeenFile(newest.Name, newest.ModifiedAt)
            : null;

    private async Task<Opened> ProbeAsync(ReadRequest request, string? finishedBefore, CancellationToken cancellationToken)
    {
        var entries = await folder.ListAsync(cancellationToken);
        List<FileEntry> files = [.. entries.Where(entry => entry.Kind == FileEntryKind.File && options.Selection.Includes(entry.Name))];
        var room = Room(request);
        var position = room > 0 ? FilePosition.Parse(request.From) : new FilePosition(new ImportedFiles([]), Unfinished: null);
        var history = request.History is { } pages ? new FileHistory(pages) : null;
        HashSet<ulong> elsewhere = moved is { Exists: true }
            ? [.. (await moved.Files.ListAsync(cancellationToken)).Select(entry => FileHashes.OfName(entry.Name))]
            : [];
        FolderProbe probe = new(folder, position, history, elsewhere);
        await probe.RunAsync(files, finishedBefore, cancellationToken);
        var listed = files.Select(entry => FileHashes.OfName(entry.Name)).ToHashSet();
        FolderCheckpoint checkpoint = new(request.From, position, room);
        return new Opened(
            probe,
            position.Imported,
            checkpoint,
            entries,
            token => checkpoint.MakeRoomAsync(history, listed.Contains, token));
    }

    private IEnumerable<SourceNotice?> Notices(Opened opened)
    {
        foreach (var odd in opened.Entries.Where(entry => entry.Kind != FileEntryKind.File && options.Selection.Includes(entry.Name)))
        {
            yield return OddEntry.Notice(odd);
        }

        var isFirst = opened.Imported.Last is null && opened.Checkpoint.Half is null;
        if (opened.Entries.Count > 0 || isFirst)
        {
            yield return ArrivalNotices.NoneFits(folder.Description, options.Selection, opened.Entries);
        }

        if (opened.Look.Pending.Count == 0)
        {
            yield return ArrivalNotices.Overdue(
                folder.Description,
                opened.Imported.FinishedAt,
                isFirst,
                options.Habits.ExpectNewEvery,
                time.GetUtcNow());
        }
    }

    // With a cursor the mark alone tells which rows are finished, though every file is read again in every run.
    private int Room(ReadRequest request) =>
        request.ResumeCapacity >= FilePosition.MinCapacity ? request.ResumeCapacity
        : options.Cursor is not null ? 0
        : throw FileErrors.NoRoom(request.ResumeCapacity);

    /// <param name="Look">What is finished, and what is not.</param>
    /// <param name="Imported">The same, as it is kept.</param>
    /// <param name="Checkpoint">Where the run begins.</param>
    /// <param name="Entries">Everything in the folder.</param>
    /// <param name="MakeRoomAsync">Moves what is known of finished files to where there is more room.</param>
    private sealed record Opened(
        FolderProbe Look,
        ImportedFiles Imported,
        FolderCheckpoint Checkpoint,
        IReadOnlyList<FileEntry> Entries,
        Func<CancellationToken, Task> MakeRoomAsync);
}
