using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sources.Files;

/// <summary>Reads pending files one after the other and keeps the position.</summary>
/// <param name="options">Which files are read, and how.</param>
/// <param name="columns">What rows consist of.</param>
/// <param name="admission">Says when a file may be read.</param>
/// <param name="pending">The files.</param>
/// <param name="checkpoint">Where to resume.</param>
/// <param name="time">Tells which cursors are in the future.</param>
/// <param name="wanted">What is wanted below the mark; null for nothing.</param>
/// <param name="tellsEnds">The ends of files are handed out.</param>
internal sealed class FolderReader(
    FolderOptions options,
    IReadOnlyList<string> columns,
    FileAdmission admission,
    PendingFiles pending,
    FolderCheckpoint checkpoint,
    TimeProvider time,
    Func<CancellationToken, ValueTask<IWantedRecords?>>? wanted,
    bool tellsEnds) : ISourceReader
{
    private OpenFile? _open;
    private SourceEnd? _end;
    private long _skippedBefore;
    private bool _isOver;

    public Checkpoint Position => checkpoint.Current;

    public SourceProgress Progress => new(
        _skippedBefore + (_open?.Rows.RowsSkipped ?? 0),
        pending.FractionRead(_open is null ? 0 : (double)_open.Rows.RowsRead / Math.Max(1, _open.Rows.RowCount)));

    public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (pending.Notices.TryDequeue(out var notice))
            {
                return notice;
            }

            if (_end is { } end)
            {
                _end = null;
                return end;
            }

            if (_isOver)
            {
                return null;
            }

            if (_open is null)
            {
                await BeginAsync(cancellationToken);
            }
            else if (await ReadRowAsync(_open, cancellationToken) is { } row)
            {
                return row;
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

    private async ValueTask<SourceItem?> ReadRowAsync(OpenFile open, CancellationToken cancellationToken)
    {
        open.Cursor?.IsBelow = false;
        var item = Wanted(open, open.Rows.Next(cancellationToken));
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

    private SourceItem? Wanted(OpenFile open, SourceItem? item)
    {
        if (open.Cursor is not { IsBelow: true } || item is null || (item is SourceRecord record && open.Wanted?.Wants(record) is true))
        {
            return item;
        }

        _skippedBefore++;
        return null;
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (checkpoint.Half is { } half && pending.Next?.Name != half.Name)
        {
            pending.Notice(half.Name, "file-gone", "the file is gone, although only a part of it was imported");
            checkpoint.Refresh(pending.SmallestName);
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
                _open = Open(granted, options.Cursor is null || wanted is null ? null : await wanted(cancellationToken), cancellationToken);
                checkpoint.Begin(_open.Whole, pending.SmallestName ?? name);
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

    private OpenFile Open(Admission.Granted granted, IWantedRecords? wantedOnes, CancellationToken cancellationToken)
    {
        var (file, print) = (granted.File, granted.Print);
        var half = checkpoint.Half?.Print == print ? checkpoint.Half : null;
        var cursor = options.Cursor is { } column
            ? new FileCursor(column, half is null ? checkpoint.Mark : half.Mark, time.GetUtcNow()) { PassesAll = wantedOnes is not null }
            : null;
        var rows = options.Format.Open(file.Name, granted.Content, columns, cursor, half?.Rows ?? 0, cancellationToken);
        TellWhatIsOdd(granted, rows);
        return new OpenFile(file, new UnfinishedFile(file.Name, print, cursor?.Mark, rows.RowCount), rows, cursor) { Wanted = wantedOnes, FirstRow = (half?.Rows ?? 0) + 1 };
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
        _end = tellsEnds ? new SourceEnd(new SourceLocation(open.File.Name, 0), open.FirstRow) : null;
        open.Rows.Dispose();
        pending.Pass();
        checkpoint.Finish(open.Whole, open.Cursor is null ? checkpoint.Mark : open.Cursor.MarkAfter(checkpoint.Mark), pending.SmallestName);
    }

    private void TellWhatIsOdd(Admission.Granted granted, IFileRows rows)
    {
        var name = granted.File.Name;
        if (checkpoint.Half is { } half && (half.Print != granted.Print || half.Rows > rows.RowCount))
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
    private sealed record OpenFile(FileEntry File, UnfinishedFile Whole, IFileRows Rows, FileCursor? Cursor)
    {
        /// <summary>What is wanted below the mark; null for nothing.</summary>
        public IWantedRecords? Wanted { get; init; }

        /// <summary>The first row that this reader hands out.</summary>
        public long FirstRow { get; init; }
    }
}
