using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sources.Files;

/// <summary>Reads pending files one after the other and keeps the position.</summary>
/// <param name="options">Which files are read, and how.</param>
/// <param name="columns">What rows consist of.</param>
/// <param name="folder">Where the files are, for people.</param>
/// <param name="admission">Says when a file may be read.</param>
/// <param name="pending">The files.</param>
/// <param name="checkpoint">Where to resume.</param>
/// <param name="makeRoomAsync">Moves what is known of finished files to where there is more room. Writes, so a run has to own its number.</param>
/// <param name="time">Tells which cursors are in the future.</param>
internal sealed class FolderReader(
    FolderOptions options,
    IReadOnlyList<string> columns,
    string folder,
    FileAdmission admission,
    PendingFiles pending,
    FolderCheckpoint checkpoint,
    Func<CancellationToken, Task> makeRoomAsync,
    TimeProvider time) : ISourceReader
{
    private OpenFile? _open;
    private long _skippedBefore;
    private bool _hasHandedOut;
    private bool _isOver;

    public Checkpoint Position => checkpoint.Current;

    public SourceProgress Progress => new(
        _skippedBefore + (_open?.Rows.RowsSkipped ?? 0),
        pending.FractionRead(_open is null ? 0 : (double)_open.Rows.RowsRead / Math.Max(1, _open.Rows.RowCount)));

    public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (checkpoint.NeedsRoom && _hasHandedOut)
            {
                await makeRoomAsync(cancellationToken);
            }

            if (pending.Notices.TryDequeue(out var notice))
            {
                return notice;
            }

            if (_isOver)
            {
                return checkpoint.NeedsRoom ? HandOut(new SourceWait(new SourceLocation(folder, 0))) : null;
            }

            if (_open is null)
            {
                await BeginAsync(cancellationToken);
            }
            else if (await ReadRowAsync(_open, cancellationToken) is { } row)
            {
                return HandOut(row);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _open?.Rows.Dispose();
        _open = null;
        _isOver = true;
        return default;
    }

    // Whoever asks for more than the first thing to do owns the run.
    private SourceItem HandOut(SourceItem item)
    {
        _hasHandedOut = true;
        return item;
    }

    private async ValueTask<SourceItem?> ReadRowAsync(OpenFile open, CancellationToken cancellationToken)
    {
        var item = open.Rows.Next(cancellationToken);
        if (open.Rows.RowsRead == open.Rows.RowCount)
        {
            await FinishAsync(open, cancellationToken); // before its last row is handed out: the position after that row is final
        }
        else
        {
            checkpoint.Advance(open.Rows.RowsRead);
        }

        return item;
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (checkpoint.Half is { } half && (pending.Next is null || FileHashes.OfName(pending.Next.Name) != half.Id.Name))
        {
            pending.Notice(half.Name, "file-gone", "the file is gone, although only a part of it was imported");
            checkpoint.DropHalf();
        }
        else if (pending.Next is { } next)
        {
            await BeginAsync(next.Name, await admission.LookAtAsync(next.Name, cancellationToken), cancellationToken);
        }
        else
        {
            _isOver = true;
        }
    }

    private async ValueTask BeginAsync(string name, Admission decision, CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case Admission.Granted granted:
                _open = await OpenAsync(granted, cancellationToken);
                checkpoint.Begin(_open.Whole);
                if (_open.Rows.RowsRead == _open.Rows.RowCount)
                {
                    await FinishAsync(_open, cancellationToken);
                }

                break;
            case Admission.Settling:
                pending.Notice(
                    name, "file-not-settled", $"the file was changed less than {options.SettleTime.TotalSeconds} s ago; it and the files after it wait for the next run");
                _isOver = true;
                break;
            case Admission.Finished:
                pending.Pass();
                break;
            default:
                pending.Pass();
                pending.Notice(name, "file-gone", "the file was removed before it was read");
                break;
        }
    }

    private async ValueTask<OpenFile> OpenAsync(Admission.Granted granted, CancellationToken cancellationToken)
    {
        var file = granted.File;
        var half = checkpoint.Half is { } left && await admission.IsStillAsync(file, left.Id, cancellationToken) ? left : null;
        var cursor = options.Cursor is { } column
            ? new FileCursor(column, half is null ? checkpoint.Mark : half.Mark, time.GetUtcNow())
            : null;
        var hashed = file.Tag is null ? new HashedStream(granted.Content) : null;
        var rows = options.Format.Open(file.Name, hashed ?? granted.Content, columns, cursor, half?.Rows ?? 0, cancellationToken);
        TellWhatIsOdd(granted, rows, isHalf: half is not null);
        var id = granted.Id with { Content = hashed?.ContentHash() ?? FileHashes.OfTag(granted.Print) };
        return new OpenFile(file, new UnfinishedFile(file.Name, id, cursor?.Mark, rows.RowCount), rows, cursor);
    }

    private async ValueTask FinishAsync(OpenFile open, CancellationToken cancellationToken)
    {
        // A file that was moved away meanwhile is still whole: what was checked is what was read.
        if (await admission.HasChangedAsync(open.File, cancellationToken) || open.Rows.HasGrown())
        {
            throw FileRefusal.Changed(open.File.Name);
        }

        foreach (var notice in open.Rows.Notices)
        {
            pending.Notices.Enqueue(notice);
        }

        _skippedBefore += open.Rows.RowsSkipped;
        _open = null;
        open.Rows.Dispose();
        pending.Pass();
        checkpoint.Finish(open.Whole, open.Cursor is null ? checkpoint.Mark : open.Cursor.MarkAfter(checkpoint.Mark));
    }

    private void TellWhatIsOdd(Admission.Granted granted, IFileRows rows, bool isHalf)
    {
        var name = granted.File.Name;
        if (checkpoint.Half is { } half && (!isHalf || half.Rows > rows.RowCount))
        {
            pending.Notice(name, "file-replaced", "the file was replaced after a part of it was imported; it is imported again from its beginning");
        }

        if (granted.IsReplacement)
        {
            pending.Notice(name, "file-replaced", "the file was replaced after it was imported; it is imported again");
        }

        if (granted.IsFromTheFuture)
        {
            pending.Notice(name, "file-from-the-future", $"the file's time of change, {granted.File.ModifiedAt:u}, is in the future; it is read, but compare the clocks");
        }

        if (rows.RowCount == 0)
        {
            pending.Notice(name, "no-rows", "the file has a header but no rows");
        }
    }

    /// <param name="File">As it was when it was let in.</param>
    /// <param name="Whole">What it will be when all its rows are finished.</param>
    /// <param name="Rows">Its rows.</param>
    /// <param name="Cursor">Null where the job has no cursor column.</param>
    private sealed record OpenFile(FileEntry File, UnfinishedFile Whole, IFileRows Rows, FileCursor? Cursor);
}
