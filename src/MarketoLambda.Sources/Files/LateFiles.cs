using System.IO.Hashing;
using System.Text;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>
/// Finds out which rows of a late file are older than what was imported: those whose record is in a finished file with a greater name.
/// </summary>
/// <remarks>
/// Memory is bounded: of the late file's rows the keys are kept, as hashes, and of the others only those with the same keys.
/// </remarks>
/// <param name="folder">Where the files are.</param>
/// <param name="moved">Where finished ones may have been moved; null where they stay.</param>
/// <param name="options">What is in them, and what is done where it cannot be told.</param>
/// <param name="request">What rows consist of, and which records they are.</param>
/// <param name="time">The clock.</param>
internal sealed class LateFiles(IFileFolder folder, FinishedFolder? moved, FolderOptions options, ReadRequest request, TimeProvider time)
{
    /// <summary>Most rows of a late file that are compared.</summary>
    public const int MaxRows = 1_000_000;

    /// <summary>What the rows of a late file must not land on; null where it has none but those that correct rejects.</summary>
    /// <param name="late">The file whose turn it is.</param>
    /// <param name="finished">Every finished file of the folder.</param>
    /// <param name="gone">Finished files up to this name may be gone; null where all are there.</param>
    /// <param name="all">Files with smaller names count too: the time of a row decides, and not the name of its file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It cannot be told, and the job does not say that the late file is to win.</exception>
    public async ValueTask<NewerRows?> CompareAsync(
        FileEntry late,
        IEnumerable<FileEntry> finished,
        string? gone,
        bool all,
        CancellationToken cancellationToken)
    {
        NewerRows newer = new(request.KeyOf, late.Name) { IsOfAllFiles = all };
        await EachRowAsync(folder, late, newer.Want, cancellationToken);
        if (newer.IsOfCorrections)
        {
            return null;
        }

        if (string.CompareOrdinal(late.Name, gone) < 0 && !options.Habits.LateFilesWin)
        {
            throw FileErrors.LateBelowGone(late.Name);
        }

        var places = (await PlacesAsync(finished, cancellationToken)).ToLookup(other => string.CompareOrdinal(other.File.Name, late.Name));
        var above = places.Where(order => order.Key > 0).SelectMany(others => others).ToList();
        foreach (var (file, place) in above)
        {
            if (!await EachRowAsync(place, file, newer.Add, cancellationToken) && !options.Habits.LateFilesWin)
            {
                throw FileErrors.LateBelowGone(late.Name);
            }

            newer.Files++;
        }

        // What corrects a reject of a file has any name, and was written after that file.
        var oldest = above.Select(other => (DateTimeOffset?)other.File.ModifiedAt).Min();
        foreach (var (file, place) in places.Where(order => order.Key < 0).SelectMany(others => others)
            .Where(other => all || other.File.ModifiedAt >= oldest))
        {
            await EachRowAsync(place, file, all ? newer.Add : newer.AddCorrection, cancellationToken);
        }

        return newer;
    }

    /// <summary>Prepares the rows of a file of corrections.</summary>
    /// <param name="sheet">The file.</param>
    /// <param name="finished">Every finished file of the folder.</param>
    /// <param name="wanted">The open rejects; null where there are none.</param>
    /// <param name="gone">Finished files up to this name may be gone; null where all are there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<CorrectedRows> CompareAsync(
        FileEntry sheet, IEnumerable<FileEntry> finished, IWantedRecords? wanted, string? gone, CancellationToken cancellationToken)
    {
        CorrectedRows corrected = new(wanted, request.KeyOf, options.Habits.LateFilesWin ? null : gone);
        await EachRowAsync(folder, sheet, corrected.Want, cancellationToken);
        if (corrected.IsToBeCompared)
        {
            var places = await PlacesAsync(finished.Where(file => file.Name != sheet.Name), cancellationToken);
            foreach (var (file, place) in places.Append((sheet, folder)))
            {
                await EachRowAsync(place, file, corrected.Add, cancellationToken);
            }
        }

        return corrected;
    }

    private async ValueTask<IEnumerable<(FileEntry File, IFileFolder Place)>> PlacesAsync(
        IEnumerable<FileEntry> finished,
        CancellationToken cancellationToken)
    {
        var here = finished.Select(file => (file, folder));
        return moved is { Exists: true }
            ? here.Concat(
                (await moved.Files.ListAsync(cancellationToken))
                    .Where(file => options.Selection.Includes(file.Name))
                    .Select(file => (file, moved.Files)))
            : here;
    }

    // False where the file is gone.
    private async ValueTask<bool> EachRowAsync(
        IFileFolder place, FileEntry listed, Action<SourceRecord> see, CancellationToken cancellationToken)
    {
        if (await place.FindAsync(listed.Name, cancellationToken) is not { Kind: FileEntryKind.File } file
            || await place.OpenAsync(file, cancellationToken) is not { } content)
        {
            return false;
        }

        if (file.Bytes == 0)
        {
            await content.DisposeAsync();
            return true;
        }

        var cursor = options.Cursor is { } column ? new FileCursor(column, mark: null, time.GetUtcNow()) : null;
        using var rows = options.Format.Open(file.Name, content, request.Columns, cursor, rowsDone: 0, cancellationToken);
        while (rows.RowsRead < rows.RowCount)
        {
            if (rows.Next(cancellationToken) is SourceRecord record)
            {
                see(record);
            }
        }

        return true;
    }
}

/// <summary>The records of a late file of which a newer version was imported.</summary>
/// <param name="keyOf">Says which record a row is.</param>
/// <param name="late">The late file.</param>
internal sealed class NewerRows(Func<SourceRecord, SourceKey?>? keyOf, string late)
{
    private readonly HashSet<UInt128> _wanted = [];
    private readonly HashSet<UInt128> _alike = [];
    private readonly Dictionary<UInt128, DateTimeOffset> _newer = [];
    private long _rows;
    private long _corrections;

    /// <summary>The late file has nothing but rows that correct rejects, which stand in the places of these.</summary>
    public bool IsOfCorrections => _corrections > 0 && _rows == 0;

    /// <summary>Files with smaller names were compared too: rows below the mark are judged like the others.</summary>
    public bool IsOfAllFiles { get; init; }

    /// <summary>Files above it that were compared.</summary>
    public int Files { get; set; }

    /// <summary>Rows so far that are not handed out, because a newer version is in Marketo or among the rejects.</summary>
    public long HeldBack { get; private set; }

    /// <summary>A row of the late file.</summary>
    /// <exception cref="SourceException">There are too many.</exception>
    public void Want(SourceRecord record)
    {
        if (record.Corrects is not null)
        {
            _corrections++;
            return;
        }

        if (++_rows > LateFiles.MaxRows)
        {
            throw FileErrors.LateAndLarge(late);
        }

        if (keyOf?.Invoke(record) is { } key)
        {
            _wanted.Add(Hash(key.Folded));
        }
    }

    /// <summary>
    /// A row of a file above it, or one that corrects a reject of such a file. One without a time counts as newer than any.
    /// </summary>
    public void Add(SourceRecord record)
    {
        if (record.Corrects is { } mark && string.CompareOrdinal(RejectMark.PlaceIn(mark)?.Container, late) <= 0)
        {
            return;
        }

        if (keyOf?.Invoke(record) is { } key && _wanted.Contains(Hash(key.Folded)))
        {
            var stamp = record.CursorValue ?? DateTimeOffset.MaxValue;
            var exact = Hash(key.Text);
            _alike.Add(Hash(key.Folded));
            _newer[exact] = _newer.TryGetValue(exact, out var before) && before > stamp ? before : stamp;
        }
    }

    /// <summary>A row of a file below it, which counts only where it corrects a reject of one above.</summary>
    public void AddCorrection(SourceRecord record)
    {
        if (record.Corrects is not null)
        {
            Add(record);
        }
    }

    /// <summary>What becomes of an item of the late file; null for a row that is held back.</summary>
    /// <remarks>
    /// Whether keys that differ in casing or outer blanks are one record is not documented, so such a row is neither sent nor passed over
    /// in silence.
    /// </remarks>
    public SourceItem? Judge(SourceItem? item)
    {
        if (item is not SourceRecord record || keyOf?.Invoke(record) is not { } key || !_alike.Contains(Hash(key.Folded)))
        {
            return item;
        }

        if (!_newer.TryGetValue(Hash(key.Text), out var stamp))
        {
            return new UnreadableRecord(
                record.Location,
                "late-row",
                "The file came late, and a newer one has a record whose key differs from this row's only in casing or outer blanks: "
                + "whether they are the same is not known, so it was not sent");
        }

        if (record.CursorValue > stamp)
        {
            return item;
        }

        HeldBack++;
        return null;
    }

    private static UInt128 Hash(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));
}
