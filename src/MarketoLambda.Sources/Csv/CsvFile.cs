using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Csv;

/// <summary>A file that was checked to its last byte, and then hands out its rows.</summary>
/// <remarks>Constant memory: the check keeps nothing but the number of rows.</remarks>
internal sealed class CsvFile : IFileRows
{
    private readonly CsvContent _content;
    private readonly CsvRows _rows;
    private readonly CsvHeader _header;
    private readonly RowKinds _kinds;
    private readonly IReadOnlyList<string> _columns;
    private readonly int[] _ordinals;
    private readonly FileCursor? _cursor;
    private readonly int _cursorOrdinal;
    private readonly int _markOrdinal;
    private readonly RowTally _empty = new("empty-rows", "nothing but empty cells, the first here; they are left out");
    private readonly RowTally _headers = new(
        "repeated-header", "the header's names in them, the first here, as when files are put together; they are left out");
    private readonly RowTally _swallowed = new(
        "swallowed-lines",
        "a quoted cell with lines in it that look like rows, the first here; "
        + "if they are rows, and quotes are part of the text, set \"quote\": \"none\"");

    private CsvFile(CsvContent content, long rowCount, CsvRows rows, CsvHeader header, IReadOnlyList<string> columns, FileCursor? cursor)
    {
        _content = content;
        _rows = rows;
        _header = header;
        _kinds = new RowKinds(rows, header, content.Dialect);
        _columns = columns;
        _ordinals = header.Locate(columns);
        _cursor = cursor;
        _cursorOrdinal = cursor is null ? -1 : header.Locate([cursor.Column.Name])[0];
        _markOrdinal = header.MarkOrdinal(columns);
        RowCount = rowCount;
    }

    /// <summary>Rows of the file, without header and blank lines.</summary>
    public long RowCount { get; }

    /// <summary>Rows read so far, whatever became of them.</summary>
    public long RowsRead => _rows.Number;

    /// <summary>Rows below the mark that <see cref="Next"/> passed over.</summary>
    public long RowsSkipped { get; private set; }

    /// <inheritdoc/>
    public bool HasCorrections => _markOrdinal >= 0;

    /// <summary>What a person should know about the rows read so far.</summary>
    public IEnumerable<SourceNotice> Notices =>
        new[] { _header.Duplicates, _empty.Notice, _headers.Notice, _swallowed.Notice }
            .OfType<SourceNotice>()
            .Concat(_cursor?.Notices ?? []);

    /// <summary>Checks the whole content, then stands before its first row that is not finished.</summary>
    /// <param name="content">The file; owned from here on.</param>
    /// <param name="columns">What rows consist of.</param>
    /// <param name="cursor">Null where the job has no cursor column.</param>
    /// <param name="rowsDone">Rows to pass over; where the file has fewer, it was replaced, and nothing is passed over.</param>
    /// <param name="cancellationToken">Looked at again and again: a large file takes a while.</param>
    /// <exception cref="SourceException">Any part of it cannot be read.</exception>
    public static CsvFile Open(
        CsvContent content, IReadOnlyList<string> columns, FileCursor? cursor, long rowsDone, CancellationToken cancellationToken)
    {
        string[] needed =
        [
            .. columns,
            .. cursor is null ? Array.Empty<string>() : [cursor.Column.Name],
            .. content.Dialect.Excluded.Select(rows => rows.Column),
        ];
        CsvRows? rows = null;
        content.Bytes.Obey(cancellationToken);
        try
        {
            var rowCount = FileCheck.CountRows(content, needed, cancellationToken);
            rows = content.OpenRows(needed, cancellationToken, out var header);
            CsvFile file = new(content, rowCount, rows, header, columns, cursor);
            file.PassOver(rowsDone <= rowCount ? rowsDone : 0, cancellationToken);
            return file;
        }
        catch
        {
            rows?.Dispose();
            content.Dispose();
            throw;
        }
    }

    /// <summary>The next row to import or to reject; null at the end of the file.</summary>
    /// <exception cref="SourceException">The file is no longer what was checked.</exception>
    public SourceItem? Next(CancellationToken cancellationToken)
    {
        _content.Bytes.Obey(cancellationToken);
        while (Advance(cancellationToken))
        {
            var kind = FindKind();
            if (kind is RowKind.Empty or RowKind.Header or RowKind.Excluded)
            {
                continue;
            }

            if (Judge(kind) is { } item)
            {
                return item;
            }

            RowsSkipped++;
        }

        return null;
    }

    /// <summary>After the last row: whether the content goes on beyond what was checked.</summary>
    public bool HasGrown(CancellationToken cancellationToken) => _rows.Read(cancellationToken);

    public void Dispose()
    {
        _rows.Dispose();
        _content.Dispose();
    }

    // The cursors of finished rows count for the mark at the file's end.
    private void PassOver(long rows, CancellationToken cancellationToken)
    {
        while (RowsRead < rows && Advance(cancellationToken))
        {
            if (FindKind() == RowKind.Record)
            {
                _cursor?.Judge(_kinds.Cell(_cursorOrdinal).ToString(), _rows.Place);
            }
        }
    }

    private RowKind FindKind()
    {
        var kind = _kinds.Find();
        if (kind == RowKind.Empty)
        {
            _empty.Add(_rows.Place);
        }
        else if (kind == RowKind.Header)
        {
            _headers.Add(_rows.Place);
        }
        else if (_rows.HasLinesInside && SwallowedLines.AreIn(_rows.Raw, _rows.Delimiter, _header.Count))
        {
            _swallowed.Add(_rows.Place);
        }

        return kind;
    }

    private bool Advance(CancellationToken cancellationToken) =>
        RowsRead < RowCount && (_rows.Read(cancellationToken) ? true : throw FileErrors.Changed(_content.Name));

    // Null for a row below the mark.
    private SourceItem? Judge(RowKind kind) => kind switch
    {
        RowKind.Odd => new UnreadableRecord(_rows.Place, "invalid-text", $"the line {_rows.Odd?.Problem(_rows.Text)}"),
        RowKind.Misquoted => new UnreadableRecord(
            _rows.Place,
            "misquoted",
            "a quoted cell goes on after its closing quote; write a quote inside quotes twice, "
            + "or set \"quote\": \"none\" where quotes are part of the text"),
        RowKind.Ragged => new UnreadableRecord(
            _rows.Place, "ragged-row", $"the row has {Quantity.Format(_rows.CellCount, "cell")}, the header has {_header.Count}"),
        _ => Judge(),
    };

    private SourceItem? Judge() =>
        _cursor?.Judge(_kinds.Cell(_cursorOrdinal).ToString(), _rows.Place) switch
        {
            CursorVerdict.Skip => null,
            CursorVerdict.Unreadable => new UnreadableRecord(
                _rows.Place,
                "wrong-cursor",
                _cursor.Column.ComplaintOf(_kinds.Cell(_cursorOrdinal).ToString())),
            _ => Record(),
        };

    private string? Mark() => _markOrdinal >= 0 && _kinds.Cell(_markOrdinal).Trim() is { Length: > 0 } mark ? mark.ToString() : null;

    private SourceItem Record()
    {
        var values = new object?[_ordinals.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var cell = _kinds.Cell(_ordinals[i]);
            if (cell.Length > FileLimits.MaxValueCharacters)
            {
                return new UnreadableRecord(_rows.Place, "cell-too-long", FileLimits.TooLong(_columns[i], cell.Length));
            }

            values[i] = cell.ToString();
        }

        return new SourceRecord(_rows.Place, values) { CursorValue = _cursor?.LatestValue, Corrects = Mark() };
    }
}
