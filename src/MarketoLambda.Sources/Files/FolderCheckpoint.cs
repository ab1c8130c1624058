using System.Text;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Turns what is finished into checkpoints that fit the state record.</summary>
/// <remarks>
/// Where the room is short, the newest finished files go into the history, before any checkpoint relies on that. Until they are there,
/// the checkpoint stays where it was: an older one never loses anything.
/// </remarks>
/// <param name="start">Where the run began.</param>
/// <param name="position">What that means for the folder.</param>
/// <param name="capacity">Most characters of <see cref="Checkpoint.Resume"/>, or bytes: Adobe names both, so it is the stricter one, UTF-8
/// bytes. 0 where nothing but the mark is kept.</param>
internal sealed class FolderCheckpoint(Checkpoint start, FilePosition position, int capacity)
{
    private readonly ImportedFiles _imported = position.Imported;
    private Checkpoint _current = start;
    private string? _lastName = start.LastFileName;
    private long? _lastRecords = start.LastFileRecords;
    private UnfinishedFile? _unfinished = position.Unfinished;
    private long? _finishedRows;
    private bool _isStale;

    /// <summary>The high-water mark, which only the end of a file moves.</summary>
    public DateTimeOffset? Mark { get; private set; } = start.Mark;

    /// <summary>The file that an earlier run left half-read; null once that is settled.</summary>
    public UnfinishedFile? Half { get; private set; } = position.Unfinished;

    /// <summary>The checkpoint cannot move on before <see cref="MakeRoomAsync"/>.</summary>
    public bool NeedsRoom { get; private set; }

    /// <summary>Which files are finished.</summary>
    public ImportedFiles Imported => _imported;

    /// <summary>Whether a file with a greater name is finished.</summary>
    public bool IsLate(string name) => string.CompareOrdinal(name, _imported.Last) < 0;

    /// <summary>Where to resume; the checkpoint of the start as long as nothing changed.</summary>
    public Checkpoint Current
    {
        get
        {
            if (_isStale && !NeedsRoom)
            {
                _isStale = false;
                _current = _current with
                {
                    Mark = Mark,
                    Resume = capacity > 0 ? Json(AsFarAsFinished()) : null,
                    LastFileName = _lastName,
                    LastFileRecords = _lastRecords,
                };
            }

            return _current;
        }
    }

    /// <summary>A file begins; nothing changes until its first row.</summary>
    /// <param name="file">The file, with the number of all its rows.</param>
    public void Begin(UnfinishedFile file)
    {
        _ = Current;
        _imported.Forget(file.Id.Name);
        (_unfinished, _finishedRows) = (file, null);
        NeedsRoom = !Fits(file);
    }

    /// <summary>So many rows of the file are finished.</summary>
    public void Advance(long rows)
    {
        _finishedRows = rows;
        _isStale = true;
    }

    /// <summary>All rows of the file are finished.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mark">The high-water mark from now on.</param>
    /// <param name="now">The time.</param>
    public void Finish(UnfinishedFile file, DateTimeOffset? mark, DateTimeOffset now)
    {
        _imported.Finish(file.Id);
        _imported.FinishedAt = now;
        _imported.Waiting = null;
        _imported.Last = string.CompareOrdinal(file.Name, _imported.Last) > 0 ? FilePosition.Bound(file.Name) : _imported.Last;
        (_lastName, _lastRecords) = (file.Name, file.Rows);
        Mark = mark;
        DropHalf();
    }

    /// <summary>A file holds up those behind it, because it is still being changed; since when.</summary>
    public DateTimeOffset WaitSince(string name, DateTimeOffset now)
    {
        var hash = FileHashes.OfName(name);
        if (_imported.Waiting is { } waiting && waiting.Name == hash)
        {
            return waiting.Since;
        }

        _imported.Waiting = new WaitingFile(hash, now);
        Refresh();
        return now;
    }

    /// <summary>The half-read file is finished, or gone.</summary>
    public void DropHalf()
    {
        Half = null;
        (_unfinished, _finishedRows) = (null, null);
        Refresh();
    }

    /// <summary>What is known of finished files changed.</summary>
    public void Refresh()
    {
        _isStale = true;
        NeedsRoom = !Fits(AsFarAsFinished());
    }

    /// <summary>Moves the newest finished files into the history, acknowledged.</summary>
    /// <param name="history">Where to; null where there is none.</param>
    /// <param name="isListed">Whether a file is still in the folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">There is no history, or not even room for the position without these files.</exception>
    public async Task MakeRoomAsync(FileHistory? history, Func<ulong, bool> isListed, CancellationToken cancellationToken)
    {
        if (_imported.Recent.Count > 0)
        {
            var end = await (history ?? throw FileErrors.NoHistory()).AddAsync(
                _imported.History,
                [.. _imported.Recent],
                _imported.Last ?? "",
                cancellationToken);
            _imported.MoveToHistory(end, isListed);
        }

        NeedsRoom = Fits(AsFarAsFinished()) ? false : throw FileErrors.NoRoom(capacity);
    }

    private UnfinishedFile? AsFarAsFinished() =>
        _unfinished is { } file && _finishedRows is { } rows ? file with { Rows = rows } : _unfinished;

    private bool Fits(UnfinishedFile? file) => capacity is 0 or int.MaxValue || Encoding.UTF8.GetByteCount(Json(file)) <= capacity;

    private string Json(UnfinishedFile? file) => new FilePosition(_imported, file).ToJson();
}
