using ExcelDataReader;

namespace MarketoLambda.Sources.Excel;

/// <summary>Tells cells that are merged with one before them: what is shown there is not in them.</summary>
internal sealed class MergedCells
{
    private readonly CellRange[] _ranges;
    private readonly List<CellRange> _active = [];
    private int _next;

    public MergedCells(CellRange[]? ranges) => _ranges = [.. (ranges ?? []).OrderBy(range => range.FromRow)];

    /// <summary>The range that a row, from 1, is in at all; null where it is in none.</summary>
    public CellRange? Across(int row) => Array.Find(_ranges, range => range.FromRow < row && row <= range.ToRow + 1);

    /// <summary>Goes to a row, from 1. Rows come in their order.</summary>
    public void GoTo(int row)
    {
        for (; _next < _ranges.Length && _ranges[_next].FromRow < row; _next++)
        {
            _active.Add(_ranges[_next]);
        }

        _active.RemoveAll(range => range.ToRow + 1 < row);
    }

    /// <summary>Whether a cell of that row shows the value of another one.</summary>
    public bool Covers(int row, int column) => _active.Exists(range =>
        range.FromColumn <= column && column <= range.ToColumn && (range.FromColumn < column || range.FromRow < row - 1));
}
