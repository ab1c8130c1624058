using System.Globalization;
using System.Xml;

namespace MarketoLambda.Sources.Excel;

/// <summary>A cell in which no value stands although it is not empty.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Error">The error, such as <c>#N/A</c>; null for a formula without a result.</param>
internal readonly record struct OddCell(int Column, string? Error);

/// <summary>Finds the odd cells of a sheet, row by row, beside the reader of its values, which takes them for empty.</summary>
internal sealed class CellScan : IDisposable
{
    private readonly XmlReader _xml;
    private readonly List<OddCell> _cells = [];
    private int _row;
    private bool _isOver;

    /// <param name="sheet">The sheet's part; owned.</param>
    public CellScan(Stream sheet) =>
        _xml = XmlReader.Create(
            sheet, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CloseInput = true, IgnoreComments = true });

    /// <summary>The odd cells of a row, from 1. Rows are asked for in their order.</summary>
    public IReadOnlyList<OddCell> OddCellsIn(int row)
    {
        while (_row < row && !_isOver)
        {
            ReadRow();
        }

        return _row == row && !_isOver ? _cells : [];
    }

    public void Dispose() => _xml.Dispose();

    private void ReadRow()
    {
        _cells.Clear();
        while (_xml.Read())
        {
            if (_xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                var number = Number(_xml.GetAttribute("r")) ?? _row + 1;
                _row = number > _row ? number : throw new InvalidDataException("Rows of the sheet are out of order.");
                if (!_xml.IsEmptyElement)
                {
                    ReadCells();
                }

                return;
            }
        }

        _isOver = true;
    }

    private void ReadCells()
    {
        var column = -1;
        while (_xml.Read() && _xml is not { NodeType: XmlNodeType.EndElement, LocalName: "row" })
        {
            if (_xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                column = ColumnLetters.Parse(_xml.GetAttribute("r")) ?? column + 1;
                ReadCell(column, _xml.GetAttribute("t") == "e");
            }
        }
    }

    private void ReadCell(int column, bool isError)
    {
        var (hasFormula, hasValue, text) = (false, false, "");
        if (!_xml.IsEmptyElement)
        {
            var inside = "";
            while (_xml.Read() && _xml is not { NodeType: XmlNodeType.EndElement, LocalName: "c" })
            {
                inside = _xml.NodeType == XmlNodeType.Element ? _xml.LocalName : inside;
                hasFormula |= inside == "f";
                hasValue |= inside is "v" or "is";
                text += isError && inside == "v" && _xml.NodeType == XmlNodeType.Text ? _xml.Value : "";
            }
        }

        if (isError)
        {
            _cells.Add(new OddCell(column, text.Trim()));
        }
        else if (hasFormula && !hasValue)
        {
            _cells.Add(new OddCell(column, null));
        }
    }

    private static int? Number(string? text) => text is null ? null : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
