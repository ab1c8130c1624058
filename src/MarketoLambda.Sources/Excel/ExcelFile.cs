using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Excel;

/// <summary>A workbook that was checked to its last row, and then hands out its rows.</summary>
internal sealed class ExcelFile : IFileRows
{
    private readonly string _name;
    private readonly Stream _file;
    private readonly ExcelPackage _package;
    private readonly ExcelRows _rows;
    private readonly ExcelHeader _header;
    private readonly ExcelCells _cells;
    private readonly IReadOnlyList<string> _columns;
    private readonly int[] _ordinals;
    private readonly (int Column, IReadOnlyList<string> Values)[] _excluded;
    private readonly FileCursor? _cursor;
    private readonly int _cursorOrdinal;
    private readonly RowTally _headers = new("repeated-header", "the header's names in them, the first here; they are left out");

    private ExcelFile(
        string name,
        Stream file,
        ExcelPackage package,
        ExcelRows rows,
        ExcelHeader header,
        ExcelOptions options,
        IReadOnlyList<string> columns,
        FileCursor? cursor)
    {
        _name = name;
        _file = file;
        _package = package;
        _rows = rows;
        _header = header;
        _cells = new ExcelCells(rows);
        _columns = columns;
        _ordinals = header.Locate(columns);
        _excluded = [.. options.Excluded.Select(excluded => (header.Locate([excluded.Column])[0], excluded.Values))];
        _cursor = cursor;
        _cursorOrdinal = cursor is null ? -1 : header.Locate([cursor.Column.Name])[0];
    }

    /// <summary>Rows that are not empty, without the header and what stands before it.</summary>
    public long RowCount { get; private init; }

    public long RowsRead => _rows.Number - RowsBefore;

    public long RowsSkipped { get; private set; }

    public IEnumerable<SourceNotice> Notices => new[] { _headers.Notice }.OfType<SourceNotice>().Concat(_cursor?.Notices ?? []);

    private long RowsBefore { get; init; }

    /// <inheritdoc cref="IFileFormat.Open"/>
    public static ExcelFile Open(
        string name,
        Stream file,
        ExcelOptions options,
        IReadOnlyList<string> columns,
        FileCursor? cursor,
        long rowsDone,
        CancellationToken cancellationToken)
    {
        string[] needed =
        [
            .. columns,
            .. cursor is null ? Array.Empty<string>() : [cursor.Column.Name],
            .. options.Excluded.Select(rows => rows.Column),
        ];
        ExcelPackage? package = null;
        ExcelRows? rows = null;
        file.Obey(cancellationToken);
        try
        {
            package = ExcelPackage.Open(name, file, cancellationToken);
            var rowCount = CountRows(package, name, options, needed, cancellationToken);
            rows = ExcelRows.Open(package, name, options);
            var header = ExcelHeader.Read(rows, options, needed, cancellationToken);
            ExcelFile opened = new(name, file, package, rows, header, options, columns, cursor)
            {
                RowCount = rowCount,
                RowsBefore = rows.Number,
            };
            opened.PassOver(rowsDone <= rowCount ? rowsDone : 0, cancellationToken);
            return opened;
        }
        catch
        {
            rows?.Dispose();
            package?.Dispose();
            file.Dispose();
            throw;
        }
    }

    public SourceItem? Next(CancellationToken cancellationToken)
    {
        while (Advance(cancellationToken))
        {
            if (IsNoRecord())
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

    // All of it was taken in at once.
    public bool HasGrown(CancellationToken cancellationToken)
    {
        _file.Obey(cancellationToken);
        return _file.ReadByte() >= 0;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _package.Dispose();
        _file.Dispose();
    }

    private static long CountRows(
        ExcelPackage package, string name, ExcelOptions options, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        using var rows = ExcelRows.Open(package, name, options);
        var header = ExcelHeader.Read(rows, options, needed, cancellationToken);
        var before = rows.Number;
        var (first, last) = header.Named;
        int[] unnamed = [.. Enumerable.Range(first, last - first).Where(column => !header.Names(column))];
        while (rows.Read(cancellationToken))
        {
            foreach (var column in unnamed)
            {
                if (rows.Has(column))
                {
                    throw header.Unnamed(column, rows.SheetRow);
                }
            }
        }

        return rows.Number - before;
    }

    // The cursors of finished rows count for the mark at the file's end.
    private void PassOver(long rows, CancellationToken cancellationToken)
    {
        while (RowsRead < rows && Advance(cancellationToken))
        {
            if (!IsNoRecord())
            {
                Judge();
            }
        }
    }

    private bool Advance(CancellationToken cancellationToken) =>
        RowsRead < RowCount && (_rows.Read(cancellationToken) ? true : throw FileErrors.Changed(_name));

    private bool IsNoRecord()
    {
        foreach (var (column, values) in _excluded)
        {
            if (values.Contains(ExcelValue.Text(_rows.Value(column)).Trim(), StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        if (!_header.IsRepeatedBy(_rows))
        {
            return false;
        }

        _headers.Add(_rows.Place);
        return true;
    }

    // Null for a row below the mark.
    private SourceItem? Judge()
    {
        if (_cursor is null)
        {
            return Record();
        }

        if (_cells.Problem(_cursorOrdinal, _cursor.Column.Name) is { } problem)
        {
            return problem;
        }

        var value = _rows.Value(_cursorOrdinal);
        var verdict = value switch
        {
            DateTime time => _cursor.Judge(time, _rows.Place),
            DateOnly day => _cursor.Judge(day.ToDateTime(TimeOnly.MinValue), _rows.Place),
            _ => _cursor.Judge(ExcelValue.Text(value), _rows.Place),
        };
        return verdict switch
        {
            CursorVerdict.Skip => null,
            CursorVerdict.Unreadable =>
                new UnreadableRecord(_rows.Place, "wrong-cursor", _cursor.Column.ComplaintOf(ExcelValue.Text(value))),
            _ => Record(),
        };
    }

    private SourceItem Record()
    {
        var values = new object?[_ordinals.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (_cells.Problem(_ordinals[i], _columns[i]) is { } problem)
            {
                return problem;
            }

            values[i] = _rows.Value(_ordinals[i]);
        }

        return new SourceRecord(_rows.Place, values) { CursorValue = _cursor?.LatestValue };
    }
}

/// <summary>Files that are workbooks.</summary>
internal sealed class ExcelFormat(ExcelOptions options) : IFileFormat
{
    public IFileRows Open(
        string name, Stream bytes, IReadOnlyList<string> columns, FileCursor? cursor, long rowsDone, CancellationToken cancellationToken) =>
        ExcelFile.Open(name, bytes, options, columns, cursor, rowsDone, cancellationToken);
}
