using MarketoLambda.Sources.Files;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>A file that was checked to its last byte, and then hands out its rows.</summary>
/// <remarks>Constant memory: the check keeps nothing but the number of rows.</remarks>
internal sealed class CsvFile : IFileRows
{
    /// <summary>Most characters of a cell that is imported; rows with a longer one are rejected.</summary>
    public const int MaxCellCharacters = 32 * 1024;

    private const int RowsBetweenLooksAtTheToken = 4096;

    private readonly CsvContent _content;
    private readonly CsvRows _rows;
    private readonly IReadOnlyList<string> _columns;
    private readonly int[] _ordinals;
    private readonly int _width;
    private readonly FileCursor? _cursor;
    private readonly int _cursorOrdinal;
    private (long Count, long First) _blank;

    private CsvFile(CsvContent content, long rowCount, CsvRows rows, CsvHeader header, IReadOnlyList<string> columns, FileCursor? cursor)
    {
        _content = content;
        _rows = rows;
        _columns = columns;
        _ordinals = header.Locate(columns);
        _width = header.Count;
        _cursor = cursor;
        _cursorOrdinal = cursor is null ? -1 : header.Locate([cursor.Column.Name])[0];
        RowCount = rowCount;
    }

    /// <summary>Rows of the file, without header and blank lines.</summary>
    public long RowCount { get; }

    /// <summary>Rows read so far, whatever became of them.</summary>
    public long RowsRead => _rows.Number;

    /// <summary>Rows below the mark that <see cref="Next"/> passed over.</summary>
    public long RowsSkipped { get; private set; }

    /// <summary>Whether the content is UTF-8 with letters beyond ASCII, but is read in an encoding that makes several letters of each.</summary>
    public bool IsUtf8ReadAsSingleBytes { get; private init; }

    /// <summary>What a person should know about the rows read so far.</summary>
    public IEnumerable<SourceNotice> Notices
    {
        get
        {
            if (IsUtf8ReadAsSingleBytes)
            {
                yield return new(
                    new(_content.Name, 0),
                    "wrong-encoding",
                    $"the file is utf-8 by its bytes, but \"encoding\" in the job file says {_content.Encoding.WebName}, "
                    + "which makes two or more letters of each one beyond ASCII; if names look garbled in Marketo, correct \"encoding\"");
            }

            if (_blank.Count > 0)
            {
                yield return new(
                    new(_content.Name, _blank.First),
                    "empty-rows",
                    $"{Quantity.Of(_blank.Count, "row")} of this file {(_blank.Count == 1 ? "has" : "have")} nothing but empty cells, the first here; they are left out");
            }

            foreach (var notice in _cursor?.Notices(_content.Name) ?? [])
            {
                yield return notice;
            }
        }
    }

    /// <summary>Checks the whole content, then stands before its first row that is not finished.</summary>
    /// <param name="content">The file; owned from here on.</param>
    /// <param name="columns">What rows consist of.</param>
    /// <param name="cursor">Null where the job has no cursor column.</param>
    /// <param name="rowsDone">Rows to pass over; where the file has fewer, it was replaced, and nothing is passed over.</param>
    /// <param name="cancellationToken">Looked at now and then: a large file takes a while.</param>
    /// <exception cref="SourceException">Any part of it cannot be read.</exception>
    public static CsvFile Open(
        CsvContent content, IReadOnlyList<string> columns, FileCursor? cursor, long rowsDone, CancellationToken cancellationToken)
    {
        string[] needed = cursor is null ? [.. columns] : [.. columns, cursor.Column.Name];
        CsvRows? rows = null;
        content.Obey(cancellationToken);
        try
        {
            var rowCount = Check(content, needed, cancellationToken);
            var isMisread = content.IsUtf8ReadAsSingleBytes();
            rows = CsvRows.Open(content);
            var file = new CsvFile(content, rowCount, rows, CsvHeader.Read(content.Name, rows, needed), columns, cursor) { IsUtf8ReadAsSingleBytes = isMisread };
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
        _content.Obey(cancellationToken);
        while (Advance(cancellationToken))
        {
            if (IsBlank())
            {
                continue;
            }

            if (Judge() is { } item)
            {
                return item;
            }

            RowsSkipped++;
        }

        return null;
    }

    /// <summary>After the last row: whether the content goes on beyond what was checked.</summary>
    public bool HasGrown() => _rows.Read();

    public void Dispose()
    {
        _rows.Dispose();
        _content.Dispose();
    }

    private static long Check(CsvContent content, string[] needed, CancellationToken cancellationToken)
    {
        using var rows = CsvRows.Open(content);
        var width = CsvHeader.Read(content.Name, rows, needed).Count;
        var lastWidth = width;
        while (rows.Read())
        {
            lastWidth = rows.CellCount;
            if (rows.Number % RowsBetweenLooksAtTheToken == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return rows.EndsWithLine || lastWidth >= width
            ? rows.Number
            : throw CsvRefusal.Of(
                new SourceLocation(content.Name, rows.Number), $"is the last one and breaks off after {lastWidth} of {width} cells: the file was cut");
    }

    // The cursors of finished rows count for the mark at the file's end.
    private void PassOver(long rows, CancellationToken cancellationToken)
    {
        while (RowsRead < rows && Advance(cancellationToken))
        {
            if (!IsBlank() && _rows.CellCount == _width)
            {
                _cursor?.Judge(_rows.Cell(_cursorOrdinal).ToString(), RowsRead);
            }
        }
    }

    // Spreadsheets leave such rows at the end. In a file of one column a blank cell is all a row can have, and is told as a missing value.
    private bool IsBlank()
    {
        if (_width == 1)
        {
            return false;
        }

        for (var ordinal = 0; ordinal < _rows.CellCount; ordinal++)
        {
            if (!_rows.Cell(ordinal).IsWhiteSpace())
            {
                return false;
            }
        }

        _blank = (_blank.Count + 1, _blank.Count == 0 ? RowsRead : _blank.First);
        return true;
    }

    private bool Advance(CancellationToken cancellationToken)
    {
        if (RowsRead % RowsBetweenLooksAtTheToken == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return RowsRead < RowCount && (_rows.Read() ? true : throw FileRefusal.Changed(_content.Name));
    }

    private SourceItem? Judge()
    {
        var place = new SourceLocation(_content.Name, RowsRead);
        if (_rows.CellCount != _width)
        {
            return new UnreadableRecord(place, "ragged-row", $"the row has {Quantity.Of(_rows.CellCount, "cell")}, the header has {_width}");
        }

        return _cursor?.Judge(_rows.Cell(_cursorOrdinal).ToString(), RowsRead) switch
        {
            CursorVerdict.Skip => null,
            CursorVerdict.Unreadable => new UnreadableRecord(place, "wrong-cursor", _cursor.Column.ComplaintOf(_rows.Cell(_cursorOrdinal).ToString())),
            _ => Record(place),
        };
    }

    private SourceItem Record(SourceLocation place)
    {
        var values = new object?[_ordinals.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var cell = _rows.Cell(_ordinals[i]);
            if (cell.Length > MaxCellCharacters)
            {
                return new UnreadableRecord(
                    place, "cell-too-long", $"\"{_columns[i]}\" has {cell.Length} characters, and at most {MaxCellCharacters} are read");
            }

            values[i] = cell.ToString();
        }

        return new SourceRecord(place, values) { Stamp = _cursor?.LatestStamp };
    }
}
