using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Csv;

/// <summary>Reads a file to its last byte before anything of it is imported, and refuses it where not all of it is certain.</summary>
/// <remarks>It keeps nothing but counts.</remarks>
internal sealed class FileCheck
{
    private readonly CsvContent _content;
    private readonly CsvRows _rows;
    private readonly RowKinds _kinds;
    private readonly int _width;
    private (long Count, SourceLocation First) _undecodable;
    private bool _isUncertain;

    private FileCheck(CsvContent content, CsvRows rows, CsvHeader header)
    {
        _content = content;
        _rows = rows;
        _kinds = new RowKinds(rows, header, content.Dialect);
        _width = header.Count;
    }

    /// <summary>The number of rows, whatever becomes of them.</summary>
    /// <exception cref="SourceException">The file cannot be used.</exception>
    public static long CountRows(CsvContent content, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        if (content.IsUtf8ReadOtherwise(cancellationToken))
        {
            throw FileErrors.Create(
                new SourceLocation(content.Name, 0),
                $"is utf-8 by its bytes, but \"encoding\" in the job file says {content.Encoding.WebName}, "
                + "which makes other letters of all beyond ASCII",
                correct: "\"encoding\"");
        }

        using var rows = content.OpenRows(needed, cancellationToken, out var header);
        FileCheck check = new(content, rows, header);
        check.ReadAll(cancellationToken);
        return rows.Number;
    }

    private void ReadAll(CancellationToken cancellationToken)
    {
        var isCut = false;
        while (_rows.Read(cancellationToken))
        {
            var kind = _kinds.Find();
            isCut = _kinds.IsCut(kind);
            if (kind == RowKind.Odd)
            {
                CheckOdd();
            }
            else if (kind == RowKind.Misquoted)
            {
                CheckMisquoted();
            }
            else if (_isUncertain && _rows.HasStrayQuote())
            {
                throw _rows.Error(
                    "has a quote inside a cell, and a line before it is damaged or misquoted, so it cannot be told where rows end; "
                    + "write a quote inside quotes twice");
            }
        }

        if (isCut)
        {
            throw _rows.Error($"is the last one and breaks off after {_rows.CellCount} of {_width} cells: the file was cut");
        }

        if (_undecodable.Count > Math.Max(1, _rows.BeyondAscii))
        {
            throw FileErrors.Create(
                _undecodable.First,
                $"and {Quantity.Format(_undecodable.Count - 1, "other line")} have bytes that are no {Name} text, "
                + $"and nothing in the file shows that it is {Name}; set \"encoding\" to what it is written in, for example windows-1252");
        }
    }

    private string Name => _rows.Text.Encoding.WebName;

    private void CheckOdd()
    {
        if (_rows.Odd is not { } odd)
        {
            return;
        }

        if (odd.Kind == OddKind.Hole || (odd.Kind == OddKind.Bytes && !_rows.Text.ChecksItself))
        {
            throw _rows.Error(odd.Error(_rows.Text));
        }

        // A damaged quote or line end joins rows, or cuts one in two.
        if (_rows.HasLinesInside && SwallowedLines.AreIn(_rows.Raw, _rows.Delimiter, _width))
        {
            throw _rows.Error(
                $"{odd.Problem(_rows.Text)}, and a quoted cell with lines in it that look like rows; correct this part of the file");
        }

        if (_content.Dialect.Escape is not null && OddText.IsOddAtEnd(_rows.Raw))
        {
            throw _rows.Error(
                $"{odd.Problem(_rows.Text)}, where an escape may have stood before the end of the line; correct this part of the file");
        }

        _isUncertain = true;
        if (odd.First == OddText.Undecodable)
        {
            _undecodable = (_undecodable.Count + 1, _undecodable.Count == 0 ? _rows.Place : _undecodable.First);
        }
    }

    private void CheckMisquoted()
    {
        _isUncertain = true;
        if (_content.Dialect.Escape is null && _rows.Raw.Contains("\\\"", StringComparison.Ordinal))
        {
            throw _rows.Error(CsvRows.BackslashProblem);
        }
    }
}
