using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Reads pending files one after the other and keeps the position.</summary>
/// <param name="folder">Where the files are.</param>
/// <param name="options">Which files are read, and how.</param>
/// <param name="request">What rows consist of.</param>
/// <param name="pending">The files.</param>
/// <param name="checkpoint">Where to resume.</param>
/// <param name="lateFiles">Keeps rows of late files from landing on newer ones.</param>
/// <param name="makeRoomAsync">Moves what is known of finished files to where there is more room. Writes, so a run has to own its
/// number.</param>
/// <param name="time">The clock.</param>
internal sealed partial class FolderReader(
    IFileFolder folder,
    FolderOptions options,
    ReadRequest request,
    PendingFiles pending,
    FolderCheckpoint checkpoint,
    LateFiles lateFiles,
    Func<CancellationToken, Task> makeRoomAsync,
    TimeProvider time) : ISourceReader
{
    private readonly FileAdmission _admission = new(
        folder,
        time,
        request.IsProbe ? TimeSpan.Zero : options.SettleTime,
        checkpoint.Imported);
    private OpenFile? _open;
    private SourceEnd? _end;
    private long _skippedBefore;
    private bool _hasHandedOut;
    private bool _mustWait;
    private bool _isOver;

    public Checkpoint Position => checkpoint.Current;

    public SourceProgress Progress => new(
        _skippedBefore + (_open?.Rows.RowsSkipped ?? 0),
        pending.FractionRead(_open is null ? 0 : (double)_open.Rows.RowsRead / Math.Max(1, _open.Rows.RowCount)));

    public ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_open is not { } open || (_mustWait && !_hasHandedOut) || checkpoint.NeedsRoom || _end is not null || pending.Notices.Count > 0)
        {
            return ReadNextAsync(cancellationToken);
        }

        // Nearly all rows: nothing is waited for.
        var row = NextRow(open, cancellationToken);
        return IsWhole(open) || row is null ? ReadNextAsync(open, row, cancellationToken) : new ValueTask<SourceItem?>(HandOut(row));
    }

    private async ValueTask<SourceItem?> ReadNextAsync(OpenFile open, SourceItem? row, CancellationToken cancellationToken)
    {
        if (IsWhole(open))
        {
            await FinishAsync(open, cancellationToken); // before its last row is handed out: the position after that row is final
        }

        return row is null ? await ReadNextAsync(cancellationToken) : HandOut(row);
    }

    private async ValueTask<SourceItem?> ReadNextAsync(CancellationToken cancellationToken)
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

            if (_end is { } end)
            {
                _end = null;
                return HandOut(end);
            }

            if (_mustWait && !_hasHandedOut)
            {
                return HandOut(new SourceWait(new SourceLocation(folder.Description, 0)));
            }

            if (_isOver)
            {
                return checkpoint.NeedsRoom ? HandOut(new SourceWait(new SourceLocation(folder.Description, 0))) : null;
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
        var row = NextRow(open, cancellationToken);
        if (IsWhole(open))
        {
            await FinishAsync(open, cancellationToken);
        }

        return row;
    }

    private static bool IsWhole(OpenFile open) => open.Rows.RowsRead == open.Rows.RowCount;

    private SourceItem? NextRow(OpenFile open, CancellationToken cancellationToken)
    {
        open.Cursor?.IsBelow = false;
        var item = Wanted(open, open.Rows.Next(cancellationToken));
        open.FirstRow = open.FirstRow == 0 && item is not null ? item.Location.Row : open.FirstRow;
        item = item is SourceRecord { Corrects: not null } row ? open.Corrected?.Judge(row) ?? row
            : open.Newer is null ? item : open.Newer.Judge(item);
        if (!IsWhole(open))
        {
            checkpoint.Advance(open.Rows.RowsRead);
        }

        return item;
    }

    private SourceItem? Wanted(OpenFile open, SourceItem? item)
    {
        if (
            open.Cursor is not { IsBelow: true }
            || item is null
            || open.Newer is { IsOfAllFiles: true }
            || (item is SourceRecord record && (record.Corrects is not null || open.Wanted?.Wants(record) is true)))
        {
            return item;
        }

        _skippedBefore++;
        return null;
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
            await BeginAsync(next.Name, await _admission.ProbeAsync(next.Name, cancellationToken), cancellationToken);
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
            case Admission.Granted granted when IsToBeCompared(granted.File) && !_hasHandedOut:
                await granted.Content.DisposeAsync();
                _mustWait = true; // what comes takes long, and needs to know the records
                break;
            case Admission.Granted granted:
                _open = await OpenAsync(granted, await WantedAsync(cancellationToken), cancellationToken);
                if (_open is null)
                {
                    _mustWait = true;
                    break;
                }

                checkpoint.Begin(_open.Whole);
                if (IsWhole(_open))
                {
                    await FinishAsync(_open, cancellationToken);
                }

                break;
            case Admission.Settling:
                ThrowIfNeverAtRest(name);
                pending.Notice(
                    name,
                    "file-not-settled",
                    $"the file was changed less than {options.SettleTime.TotalSeconds} s ago; it and the files after it wait for the "
                        + "next run"
                );
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

    private async ValueTask<IWantedRecords?> WantedAsync(CancellationToken cancellationToken) =>
        options.Cursor is null || request.Wanted is null ? null : await request.Wanted(cancellationToken);

    // Null for what corrects rejects, before the run owns its number: they are read then, and may be compared with other files.
    private async ValueTask<OpenFile?> OpenAsync(Admission.Granted granted, IWantedRecords? wanted, CancellationToken cancellationToken)
    {
        var file = granted.File;
        var half = checkpoint.Half is { } left && await _admission.IsStillAsync(file, left.Id, cancellationToken) ? left : null;
        var cursor = options.Cursor is { } column
            ? new FileCursor(column, half is null ? checkpoint.Mark : half.Mark, time.GetUtcNow())
            {
                PassesAll = wanted is not null || IsNewAndLate(granted),
            }
            : null;
        var hashed = file.Tag is null ? new HashedStream(granted.Content) : null;
        var content = hashed ?? granted.Content;
        var rows = IsEmpty(file)
            ? new NoRows(content)
            : options.Format.Open(file.Name, content, request.Columns, cursor, half?.Rows ?? 0, cancellationToken);
        if (rows.HasCorrections && !_hasHandedOut)
        {
            rows.Dispose();
            return null;
        }

        NoticeWhatIsOdd(granted, rows, isHalf: half is not null);
        wanted ??= rows.HasCorrections && request.Wanted is { } find ? await find(cancellationToken) : null;
        var corrected = rows.HasCorrections
            ? await CompareAsync(
                rows,
                late => late.CompareAsync(file, pending.Finished, wanted, checkpoint.Imported.Gone, cancellationToken))
            : null;
        var newer = IsToBeCompared(file)
            ? await CompareAsync(
                rows,
                late => late.CompareAsync(file, pending.Finished, checkpoint.Imported.Gone, IsNewAndLate(granted), cancellationToken))
            : null;
        var id = granted.Id with { Content = hashed?.ContentHash() ?? FileHashes.OfTag(granted.Fingerprint) };
        return new OpenFile(file, new UnfinishedFile(file.Name, id, cursor?.Mark, rows.RowCount), rows, cursor)
        {
            Newer = newer,
            Corrected = corrected,
            Wanted = wanted,
            FirstRow = half is null ? 1 : 0,
        };
    }

    // Gzip of nothing has bytes, so this one was cut.
    private static bool IsEmpty(FileEntry file) => file.Bytes == 0 && !file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private async ValueTask FinishAsync(OpenFile open, CancellationToken cancellationToken)
    {
        // A file that was moved away meanwhile is still whole: what was checked is what was read.
        if (await _admission.HasChangedAsync(open.File, cancellationToken) || open.Rows.HasGrown(cancellationToken))
        {
            throw FileErrors.Changed(open.File.Name);
        }

        foreach (var notice in open.Rows.Notices)
        {
            pending.Notices.Enqueue(notice);
        }

        NoticeIfLate(open);
        _skippedBefore += open.Rows.RowsSkipped;
        _open = null;
        _end = request.TellsEnds && open.FirstRow > 0 ? new SourceEnd(new SourceLocation(open.File.Name, 0), open.FirstRow) : null;
        open.Rows.Dispose();
        pending.Finish(open.File);
        checkpoint.Finish(open.Whole, open.Cursor is null ? checkpoint.Mark : open.Cursor.MarkAfter(checkpoint.Mark), time.GetUtcNow());
    }
}
