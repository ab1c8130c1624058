using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.JsonLines;

/// <summary>A file of JSON lines that was checked to its last byte, and then hands out its rows.</summary>
/// <remarks>Constant memory: one line at a time.</remarks>
internal sealed class JsonLinesFile : IFileRows
{
    private readonly JsonLinesContent _content;
    private readonly JsonRows _rows;
    private readonly JsonPath[] _columns;
    private readonly JsonPath? _cursorPath;
    private readonly FileCursor? _cursor;
    private readonly SourceNotice? _missing;

    private JsonLinesFile(
        JsonLinesContent content,
        long rowCount,
        JsonRows rows,
        JsonPath[] columns,
        FileCursor? cursor,
        JsonPath? cursorPath,
        SourceNotice? missing)
    {
        _content = content;
        _rows = rows;
        _columns = columns;
        _cursor = cursor;
        _cursorPath = cursorPath;
        _missing = missing;
        RowCount = rowCount;
    }

    public long RowCount { get; }

    public bool HasHeader => false;

    public long RowsRead => _rows.Number;

    public long RowsSkipped { get; private set; }

    public IEnumerable<SourceNotice> Notices => new[] { _missing }.OfType<SourceNotice>().Concat(_cursor?.Notices ?? []);

    /// <inheritdoc cref="IFileFormat.Open"/>
    public static JsonLinesFile Open(
        JsonLinesContent content, IReadOnlyList<string> columns, FileCursor? cursor, long rowsDone, CancellationToken cancellationToken)
    {
        JsonRows? rows = null;
        content.Bytes.Obey(cancellationToken);
        try
        {
            JsonPath[] paths = [.. columns.Select(column => new JsonPath(column))];
            var cursorPath = cursor is null ? null : new JsonPath(cursor.Column.Name);
            var (rowCount, missing) = JsonLinesCheck.Run(content, cursorPath is null ? paths : [.. paths, cursorPath], cancellationToken);
            rows = new JsonRows(content);
            JsonLinesFile file = new(content, rowCount, rows, paths, cursor, cursorPath, missing);
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

    public SourceItem? Next(CancellationToken cancellationToken)
    {
        _content.Bytes.Obey(cancellationToken);
        while (Advance(cancellationToken))
        {
            if (Judge() is { } item)
            {
                return item;
            }

            RowsSkipped++;
        }

        return null;
    }

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
            if (_rows.Problem is null)
            {
                Judge();
            }
        }
    }

    private bool Advance(CancellationToken cancellationToken) =>
        RowsRead < RowCount && (_rows.Read(cancellationToken) ? true : throw FileErrors.Changed(_content.Name));

    // Null for a row below the mark.
    private SourceItem? Judge()
    {
        if (_rows.Problem is { } problem)
        {
            return Reject(problem.Code, problem.Reason);
        }

        if (_cursorPath is null || _cursor is null)
        {
            return Record();
        }

        var cursor = JsonCell.Read(_cursorPath, _rows.Root);
        return cursor.Problem is { } wrong ? Reject(wrong.Code, wrong.Reason)
            : _cursor.Judge(cursor.Text, _rows.Place) switch
            {
                CursorVerdict.Skip => null,
                CursorVerdict.Unreadable => Reject("wrong-cursor", _cursor.Column.ComplaintOf(cursor.Text)),
                _ => Record(),
            };
    }

    private SourceItem Record()
    {
        var values = new object?[_columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var cell = JsonCell.Read(_columns[i], _rows.Root);
            if (cell.Problem is { } problem)
            {
                return Reject(problem.Code, problem.Reason);
            }

            values[i] = cell.Value;
        }

        return new SourceRecord(_rows.Place, values) { CursorValue = _cursor?.LatestValue };
    }

    private UnreadableRecord Reject(string code, string reason) => new(_rows.Place, code, reason);
}

/// <summary>Files that hold JSON lines.</summary>
internal sealed class JsonLinesFormat : IFileFormat
{
    public IFileRows Open(
        string name, Stream bytes, IReadOnlyList<string> columns, FileCursor? cursor, long rowsDone, CancellationToken cancellationToken) =>
        JsonLinesFile.Open(new JsonLinesContent(name, bytes), columns, cursor, rowsDone, cancellationToken);
}
