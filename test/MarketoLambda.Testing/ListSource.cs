using System.Globalization;
using System.Text.Json;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Testing;

/// <summary>A source made of a list that tests may append to. Its position is the number of rows finished.</summary>
public sealed class ListSource : ISource
{
    private readonly List<ListRow> _rows;
    private readonly Dictionary<int, Exception> _breaks = [];

    /// <param name="rows">What it holds from the start.</param>
    public ListSource(params IEnumerable<ListRow> rows) => _rows = [.. rows];

    public string Description => "a list";

    public SourceConventions Conventions { get; init; } = SourceConventions.Invariant;

    /// <summary>Rows in source order.</summary>
    public IReadOnlyList<ListRow> Rows => _rows;

    /// <summary>What every reading of it says first, as long as it is so.</summary>
    public IList<SourceNotice> Notices { get; } = [];

    /// <summary>How often a reader was opened.</summary>
    public int Openings { get; private set; }

    public ListSource Add(string key, string value)
    {
        _rows.Add(new ListRow(key, value));
        return this;
    }

    public ListSource Add(IEnumerable<ListRow> rows)
    {
        _rows.AddRange(rows);
        return this;
    }

    public ListSource Add(int count, string value = "1")
    {
        foreach (var number in Enumerable.Range(_rows.Count, count))
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"key-{number:000000}"), value);
        }

        return this;
    }

    /// <summary>A row the source cannot make sense of.</summary>
    public ListSource AddUnreadable()
    {
        _rows.Add(new ListRow("", "", IsReadable: false));
        return this;
    }

    /// <summary>Somebody corrected rows.</summary>
    public void Replace(int first, Func<ListRow, ListRow> correct, int count)
    {
        for (var index = first; index < first + count; index++)
        {
            _rows[index] = correct(_rows[index]);
        }
    }

    /// <summary>Reading breaks off before the row at that index.</summary>
    public ListSource BreakAt(int index, Exception exception)
    {
        _breaks[index] = exception;
        return this;
    }

    /// <summary>Somebody repaired the source.</summary>
    public void Repair() => _breaks.Clear();

    /// <summary>The order of its rows is known for certain, as that of files by their names is.</summary>
    public bool IsLater(SourcePlace place, SourcePlace than) => place.Location.Row > than.Location.Row;

    public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        Openings++;
        return Task.FromResult<ISourceReader>(new Reader(this, request));
    }

    /// <summary>How many rows a position of this source leaves behind.</summary>
    public static int RowsBelow(string? resume) =>
        resume is null ? 0 : JsonDocument.Parse(resume).RootElement.GetProperty("rows").GetInt32();

    /// <summary>One row; columns are <c>Key</c>, <c>Value</c> and <c>Owner</c>.</summary>
    public sealed record ListRow(string Key, string Value, bool IsReadable = true, string Owner = "", bool IsDeletion = false)
    {
        /// <summary>The source says this of it, before it hands the row out.</summary>
        public SourceNotice? Notice { get; init; }

        public object? this[string column] => column switch
        {
            "Key" => Key,
            "Value" => Value,
            "Owner" => Owner,
            _ => throw new SourceException($"The list has no column {column}."),
        };
    }

    private sealed class Reader(ListSource source, ReadRequest request) : ISourceReader
    {
        private readonly Queue<SourceNotice> _notices = new(source.Notices);
        private int _next = RowsBelow(request.From.Resume);
        private int _noticed = -1;

        public Checkpoint Position =>
            _next == 0 ? request.From : request.From with { Resume = string.Create(CultureInfo.InvariantCulture, $"{{\"rows\":{_next}}}") };

        public SourceProgress Progress => new(0, source.Rows.Count == 0 ? null : (double)_next / source.Rows.Count);

        public ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
        {
            if (_notices.TryDequeue(out var said))
            {
                return new(said);
            }

            if (source._breaks.TryGetValue(_next, out var exception))
            {
                throw exception;
            }

            if (_next >= source.Rows.Count)
            {
                return new((SourceItem?)null);
            }

            if (source.Rows[_next].Notice is { } notice && _noticed != _next)
            {
                _noticed = _next;
                return new(notice);
            }

            var row = source.Rows[_next++];
            SourceLocation location = new("list", _next);
            return new(row.IsReadable
                ? new SourceRecord(location, [.. request.Columns.Select(column => row[column])]) { IsDeletion = row.IsDeletion }
                : new UnreadableRecord(location, "unreadable", "the row makes no sense."));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
