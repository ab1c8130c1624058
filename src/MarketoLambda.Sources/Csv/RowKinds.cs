using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Csv;

/// <summary>Tells what a row is: a record, one that has to be rejected, or none at all.</summary>
/// <remarks>The check of a file and the reading of its rows ask the same, and get the same answer.</remarks>
internal sealed class RowKinds
{
    private readonly CsvRows _rows;
    private readonly CsvHeader _header;
    private readonly bool _fillsShortRows;
    private readonly (int Ordinal, IReadOnlyList<string> Values)[] _excluded;

    public RowKinds(CsvRows rows, CsvHeader header, CsvDialect dialect)
    {
        _rows = rows;
        _header = header;
        _fillsShortRows = dialect.FillsShortRows;
        _excluded = [.. dialect.Excluded.Select(rows => (header.Locate([rows.Column])[0], rows.Values))];
    }

    /// <summary>What the row read last is.</summary>
    /// <exception cref="SourceException">It shows that the rows behind it are not written as those before.</exception>
    public RowKind Find() =>
        _rows.Odd is not null ? RowKind.Odd
        : _header.Count > 1 && _rows.IsOfEmptyCells() ? RowKind.Empty // in a file of one column an empty cell is all a row can have
        : IsExcluded() ? RowKind.Excluded
        : _rows.IsMisquoted ? RowKind.Misquoted
        : _header.IsRepeatedBy(_rows) ? RowKind.Header
        : IsWhole() ? RowKind.Record
        : RowKind.Ragged;

    /// <summary>Whether the row read last breaks off with the text.</summary>
    public bool IsCut(RowKind kind) =>
        kind is RowKind.Ragged or RowKind.Misquoted or RowKind.Odd && !_rows.EndsWithLine && _rows.CellCount < _header.Count;

    /// <summary>A cell of a record; one that it lacks at its end is empty.</summary>
    public ReadOnlySpan<char> Cell(int ordinal) => ordinal < _rows.CellCount ? _rows.Cell(ordinal) : [];

    private bool IsWhole() => _rows.CellCount < _header.Count ? _fillsShortRows : HasNothingBeyondHeader();

    // Empty cells behind the last column are delimiters too many.
    private bool HasNothingBeyondHeader()
    {
        for (var ordinal = _header.Count; ordinal < _rows.CellCount; ordinal++)
        {
            if (!_rows.Cell(ordinal).IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    private bool IsExcluded()
    {
        foreach (var (ordinal, values) in _excluded)
        {
            var cell = Cell(ordinal).Trim();
            foreach (var value in values)
            {
                if (cell.Equals(value, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>What a row is.</summary>
internal enum RowKind
{
    Record,

    /// <summary>It has more or fewer cells than the header.</summary>
    Ragged,

    /// <summary>It has characters that no text holds.</summary>
    Odd,

    /// <summary>A quoted cell goes on after its closing quote.</summary>
    Misquoted,

    /// <summary>Nothing but empty cells.</summary>
    Empty,

    /// <summary>The header again.</summary>
    Header,

    /// <summary>The job file says that such rows are no records.</summary>
    Excluded,
}
