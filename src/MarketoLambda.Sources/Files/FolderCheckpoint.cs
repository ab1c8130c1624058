using System.Globalization;
using System.Text;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sources.Files;

/// <summary>Turns what is finished into checkpoints that fit the state record.</summary>
/// <remarks>
/// Where the room is short, the oldest finished files fall out first, into the floor, but the floor stays below every file known to be
/// unfinished. Shorter still: the finished files above such a file are forgotten, so that they are imported again in their order.
/// Too short for a file's name: only <see cref="Checkpoint.LastFileName"/> remains, as the floor, and an unfinished file
/// will start from its beginning.
/// </remarks>
/// <param name="start">Where the run began.</param>
/// <param name="position">What that means for the folder.</param>
/// <param name="seenAt">When the folder was listed.</param>
/// <param name="capacity">Most characters of <see cref="Checkpoint.Resume"/>, or bytes: Adobe names both, so it is the stricter one, UTF-8 bytes.</param>
internal sealed class FolderCheckpoint(Checkpoint start, FilePosition position, DateTimeOffset seenAt, int capacity)
{
    private readonly FileLedger _ledger = position.Ledger;
    private Checkpoint _current = start;
    private string? _lastName = start.LastFileName;
    private long? _lastRecords = start.LastFileRecords;
    private string? _resumeUpToRows;
    private long _rows;
    private bool _isStale;

    /// <summary>The high-water mark, which only the end of a file moves.</summary>
    public DateTimeOffset? Mark { get; private set; } = start.Mark;

    /// <summary>The file that an earlier run left half-read; null once that is settled.</summary>
    public UnfinishedFile? Half { get; private set; } = position.Unfinished;

    /// <summary>Where to resume; the checkpoint of the start as long as nothing changed.</summary>
    public Checkpoint Current
    {
        get
        {
            if (_isStale)
            {
                _current = WithResume(_resumeUpToRows is null ? null : string.Create(CultureInfo.InvariantCulture, $"{_resumeUpToRows}{_rows}}}"));
                _isStale = false;
            }

            return _current;
        }
    }

    /// <summary>A file begins; nothing changes until its first row.</summary>
    /// <param name="file">The file, with the number of all its rows.</param>
    /// <param name="limit">The smallest unfinished name.</param>
    public void Begin(UnfinishedFile file, string limit)
    {
        _ledger.Forget(file.Name);
        var rows = file.Rows.ToString(CultureInfo.InvariantCulture);
        _resumeUpToRows = Fit(file, limit)?[..^(rows.Length + 1)];
    }

    /// <summary>So many rows of the file are finished.</summary>
    public void Advance(long rows)
    {
        _rows = rows;
        _isStale = true;
    }

    /// <summary>All rows of the file are finished.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mark">The high-water mark from now on.</param>
    /// <param name="limit">The smallest name that is still unfinished; null where there is none.</param>
    public void Finish(UnfinishedFile file, DateTimeOffset? mark, string? limit)
    {
        _ledger.Finish(file.Name, file.Print);
        (_lastName, _lastRecords) = (file.Name, file.Rows);
        Mark = mark;
        Refresh(limit);
    }

    /// <summary>Something other than a file's rows changed: the half-read file is gone, or something was noticed once and for all.</summary>
    /// <param name="limit">The smallest unfinished name; null where there is none.</param>
    public void Refresh(string? limit)
    {
        Half = null;
        _isStale = false;
        _current = WithResume(Fit(null, limit));
    }

    private Checkpoint WithResume(string? resume) =>
        resume is not null
            ? _current with { Mark = Mark, Resume = resume, LastFileName = _lastName, LastFileRecords = _lastRecords }
            : _current with
            {
                Mark = Mark,
                Resume = null,
                LastFileName = _ledger.Floor,
                LastFileRecords = _ledger.Floor == _lastName ? _lastRecords : null,
            };

    private string? Fit(UnfinishedFile? file, string? limit)
    {
        do
        {
            var json = new FilePosition(_ledger, seenAt, file).ToJson();
            if (Fits(json))
            {
                return json;
            }
        }
        while (_ledger.RaiseFloor(limit));

        var least = new FilePosition(new FileLedger(_ledger.Floor, []), seenAt, file).ToJson();
        return Fits(least) ? least : null;
    }

    private bool Fits(string json) => Encoding.UTF8.GetByteCount(json) <= capacity;
}
