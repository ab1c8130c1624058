using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Files;

/// <summary>Files of one folder, read in the order of their names, each to its end before the next.</summary>
internal sealed class FolderSource(IFileFolder folder, FolderOptions options, TimeProvider time)
{
    /// <summary>The order of files is that of their names; within one, and where one comes again, rows are later that are read later.</summary>
    public static bool IsLater(SourcePlace place, SourcePlace than) => string.CompareOrdinal(place.Location.Container, than.Location.Container) > 0;

    public async Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var (look, position, entries, history) = await LookAsync(request, finishedBefore: null, cancellationToken);
        PendingFiles pending = new(look.Pending);
        FolderCheckpoint checkpoint = new(request.From, position, Room(request));
        if (look.IsLedgerChanged)
        {
            checkpoint.Refresh();
        }

        foreach (var odd in entries[false])
        {
            pending.Notices.Enqueue(OddEntry.Notice(odd));
        }

        FileAdmission admission = new(folder, time, options.SettleTime, position.Ledger);
        var listed = entries[true].Select(entry => FileHashes.OfName(entry.Name)).ToHashSet();
        return new FolderReader(options, request.Columns, folder.Description, admission, pending, checkpoint, token => checkpoint.MakeRoomAsync(history, listed.Contains, token), time);
    }

    /// <inheritdoc cref="IFileSource.ForgetAsync"/>
    public async Task<ForgottenFiles> ForgetAsync(ReadRequest request, string before, CancellationToken cancellationToken)
    {
        var (look, position, entries, history) = await LookAsync(request, before, cancellationToken);
        FolderCheckpoint checkpoint = new(request.From, position, Room(request));
        if (position.Unfinished is { } half && string.CompareOrdinal(half.Name, before) < 0)
        {
            checkpoint.DropHalf();
        }

        checkpoint.Refresh();
        if (checkpoint.NeedsRoom)
        {
            var listed = entries[true].Select(entry => FileHashes.OfName(entry.Name)).ToHashSet();
            await checkpoint.MakeRoomAsync(history, listed.Contains, cancellationToken);
        }

        return new ForgottenFiles(checkpoint.Current, look.Forgotten, look.Pending.Count);
    }

    private async Task<(FolderLook Look, FilePosition Position, ILookup<bool, FileEntry> Entries, FileHistory? History)> LookAsync(
        ReadRequest request, string? finishedBefore, CancellationToken cancellationToken)
    {
        var entries = (await folder.ListAsync(cancellationToken)).Where(entry => options.Selection.Includes(entry.Name)).ToLookup(entry => entry.Kind == FileEntryKind.File);
        var position = Room(request) > 0 ? FilePosition.Of(request.From) : new FilePosition(new FileLedger([]), Unfinished: null);
        var history = request.History is { } pages ? new FileHistory(pages) : null;
        FolderLook look = new(folder, position, history);
        await look.RunAsync(entries[true], finishedBefore, cancellationToken);
        return (look, position, entries, history);
    }

    // With a cursor the mark alone tells which rows are finished, though every file is read again in every run.
    private int Room(ReadRequest request) =>
        request.ResumeCapacity >= FilePosition.LeastCapacity ? request.ResumeCapacity
        : options.Cursor is not null ? 0
        : throw FileRefusal.NoRoom(request.ResumeCapacity);
}
