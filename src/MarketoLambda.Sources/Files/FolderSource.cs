using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Files;

/// <summary>Files of one folder, read in the order of their names, each to its end before the next.</summary>
internal sealed class FolderSource(IFileFolder folder, FolderOptions options, TimeProvider time)
{
    /// <summary>The order of files is that of their names; within one, and where one comes again, rows are later that are read later.</summary>
    public static bool IsLater(SourcePlace place, SourcePlace than) => string.CompareOrdinal(place.Location.Container, than.Location.Container) > 0;

    public async Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var seenAt = time.GetUtcNow();
        var position = FilePosition.Of(request.From);
        var entries = (await folder.ListAsync(cancellationToken)).Where(entry => options.Selection.Includes(entry.Name)).ToLookup(entry => entry.Kind == FileEntryKind.File);
        var pending = await PendingFiles.FindAsync(folder, position, entries[true], seenAt, cancellationToken);
        var checkpoint = new FolderCheckpoint(request.From, position, seenAt, request.ResumeCapacity);
        if (pending.Notices.Count > 0 && position.Unfinished is null)
        {
            checkpoint.Refresh(pending.SmallestName); // so that the next run does not notice the same again
        }

        foreach (var odd in entries[false])
        {
            pending.Notices.Enqueue(OddEntry.Notice(odd));
        }

        var admission = new FileAdmission(folder, time, options.SettleTime, position.Ledger);
        return new FolderReader(options, request.Columns, admission, pending, checkpoint, time, request.Wanted, request.TellsEnds);
    }
}
