using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Files;

/// <summary>Files of one folder, read in the order of their names, each to its end before the next.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="moved">Where finished ones are moved; null where they stay.</param>
/// <param name="options">Which are read, and how.</param>
/// <param name="time">The clock.</param>
internal sealed class FolderSource(IFileFolder folder, FinishedFolder? moved, FolderOptions options, TimeProvider time)
{
    /// <summary>The order of files is that of their names; within one, and where one comes again, rows are later that are read later.</summary>
    public static bool IsLater(SourcePlace place, SourcePlace than) => string.CompareOrdinal(place.Location.Container, than.Location.Container) > 0;

    public async Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var opened = await LookAsync(request, finishedBefore: null, cancellationToken);
        var (look, checkpoint) = (opened.Look, opened.Checkpoint);
        PendingFiles pending = new(look.Pending, look.Finished);
        if (look.IsLedgerChanged)
        {
            checkpoint.Refresh();
        }

        foreach (var notice in Notices(opened).Concat(moved is null ? [] : look.Finished.Select(file => moved.Move(file.Name))))
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
        var opened = await LookAsync(request, before, cancellationToken);
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

    private async Task<Opened> LookAsync(ReadRequest request, string? finishedBefore, CancellationToken cancellationToken)
    {
        var entries = await folder.ListAsync(cancellationToken);
        List<FileEntry> files = [.. entries.Where(entry => entry.Kind == FileEntryKind.File && options.Selection.Includes(entry.Name))];
        var room = Room(request);
        var position = room > 0 ? FilePosition.Of(request.From) : new FilePosition(new FileLedger([]), Unfinished: null);
        var history = request.History is { } pages ? new FileHistory(pages) : null;
        HashSet<ulong> elsewhere = moved is { Exists: true } ? [.. (await moved.Files.ListAsync(cancellationToken)).Select(entry => FileHashes.OfName(entry.Name))] : [];
        FolderLook look = new(folder, position, history, elsewhere);
        await look.RunAsync(files, finishedBefore, cancellationToken);
        var listed = files.Select(entry => FileHashes.OfName(entry.Name)).ToHashSet();
        FolderCheckpoint checkpoint = new(request.From, position, room);
        return new Opened(look, position.Ledger, checkpoint, entries, token => checkpoint.MakeRoomAsync(history, listed.Contains, token));
    }

    private IEnumerable<SourceNotice?> Notices(Opened opened)
    {
        foreach (var odd in opened.Entries.Where(entry => entry.Kind != FileEntryKind.File && options.Selection.Includes(entry.Name)))
        {
            yield return OddEntry.Notice(odd);
        }

        var isFirst = opened.Ledger.Last is null && opened.Checkpoint.Half is null;
        if (opened.Entries.Count > 0 || isFirst)
        {
            yield return ArrivalNotices.NoneFits(folder.Description, options.Selection, opened.Entries);
        }

        if (opened.Look.Pending.Count == 0)
        {
            yield return ArrivalNotices.Overdue(folder.Description, opened.Ledger.FinishedAt, isFirst, options.Habits.ExpectNewEvery, time.GetUtcNow());
        }
    }

    // With a cursor the mark alone tells which rows are finished, though every file is read again in every run.
    private int Room(ReadRequest request) =>
        request.ResumeCapacity >= FilePosition.LeastCapacity ? request.ResumeCapacity
        : options.Cursor is not null ? 0
        : throw FileRefusal.NoRoom(request.ResumeCapacity);

    /// <param name="Look">What is finished, and what is not.</param>
    /// <param name="Ledger">The same, as it is kept.</param>
    /// <param name="Checkpoint">Where the run begins.</param>
    /// <param name="Entries">Everything in the folder.</param>
    /// <param name="MakeRoomAsync">Moves what is known of finished files to where there is more room.</param>
    private sealed record Opened(
        FolderLook Look, FileLedger Ledger, FolderCheckpoint Checkpoint, IReadOnlyList<FileEntry> Entries, Func<CancellationToken, Task> MakeRoomAsync);
}
