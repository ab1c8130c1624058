using System.Buffers;

namespace MarketoLambda.Sources.Csv;

/// <content>Cuts a row into cells.</content>
internal sealed partial class CsvScanner
{
    private static SearchValues<char> CellEnds(char delimiter, char? escape) =>
        SearchValues.Create(escape is { } sign ? [delimiter, '\r', '\n', sign] : [delimiter, '\r', '\n']);

    private static long LinesIn(ReadOnlySpan<char> row)
    {
        var lines = 0L;
        for (var at = row.IndexOfAny('\r', '\n'); at >= 0; at = row.IndexOfAny('\r', '\n'))
        {
            lines++;
            row = row[(row[at..].StartsWith("\r\n") ? at + 2 : at + 1)..];
        }

        return lines;
    }

    /// <summary>Cuts the row that begins at <see cref="_next"/>; false where its end is not yet in the buffer.</summary>
    private bool TryCut()
    {
        (CellCount, IsMisquoted, EndsWithLine, _isPlain) = (0, false, false, true);
        var i = _next;
        while (i < _end && _buffer[i] == Mark)
        {
            i++;
        }

        _start = i;
        while (true)
        {
            if (TryCutSimpleCells(ref i))
            {
                return TryEndLine(i);
            }

            if (!TryCutCell(ref i))
            {
                return false;
            }

            if (i == _end)
            {
                (_rowEnd, _next) = (i, i);
                return true;
            }

            if (_buffer[i] != _delimiter)
            {
                return TryEndLine(i);
            }

            i++;
        }
    }

    // Blanks before a quote are never meant.
    private bool TryCutCell(ref int i)
    {
        if (_quote < 0 || (i < _end && _buffer[i] > ' ' && _buffer[i] != _quote))
        {
            return TryCutBare(ref i);
        }

        var from = BehindBlanks(i);
        return from == _end ? _isAtEnd && TryCutBare(ref i)
            : _buffer[from] == _quote ? TryCutQuoted(from + 1, ref i)
            : TryCutBare(ref i);
    }

    private int BehindBlanks(int i)
    {
        while (i < _end && _buffer[i] is ' ' or '\t' && _buffer[i] != _delimiter)
        {
            i++;
        }

        return i;
    }

    private bool TryCutBare(ref int i)
    {
        var (from, isEscaped) = (i, false);
        while (true)
        {
            var hit = _buffer.AsSpan(i, _end - i).IndexOfAny(_cellEnds);
            if (hit < 0)
            {
                i = _end;
                Add(from, i, isQuoted: false, isEscaped);
                return _isAtEnd;
            }

            i += hit;
            if (_buffer[i] != _escape)
            {
                Add(from, i, isQuoted: false, isEscaped);
                return true;
            }

            isEscaped = true;
            if (!TryPassEscaped(ref i))
            {
                return false;
            }

            if (_buffer[i - 1] == '\r' && i < _end && _buffer[i] == '\n')
            {
                throw new CsvFormatException(CsvFormatProblem.EscapedLineEnd);
            }
        }
    }

    private bool TryPassEscaped(ref int i)
    {
        if (_end - i < 2 && !_isAtEnd)
        {
            return false;
        }

        i = Math.Min(_end, i + 2);
        return true;
    }

    private bool TryCutQuoted(int from, ref int i)
    {
        var isEscaped = false;
        i = from;
        while (true)
        {
            var rest = _buffer.AsSpan(i, _end - i);
            var hit = IsMisquoted ? rest.IndexOfAny((char)_quote, '\r', '\n')
                : _escape < 0 ? rest.IndexOf((char)_quote)
                : rest.IndexOfAny((char)_quote, (char)_escape);
            if (hit < 0)
            {
                i = _end;
                return !_isAtEnd ? false
                    : throw new CsvFormatException(IsMisquoted ? CsvFormatProblem.Misquoted : CsvFormatProblem.Unclosed);
            }

            i += hit;
            if (_buffer[i] != _quote)
            {
                if (IsMisquoted)
                {
                    throw new CsvFormatException(CsvFormatProblem.Misquoted);
                }

                isEscaped = true;
                if (!TryPassEscaped(ref i))
                {
                    return false;
                }

                continue;
            }

            if (i + 1 < _end && _buffer[i + 1] == _delimiter)
            {
                Add(from, i++, isQuoted: true, isEscaped);
                return true;
            }

            if (i + 1 == _end && !_isAtEnd)
            {
                return false;
            }

            if (!IsMisquoted && i + 1 < _end && _buffer[i + 1] == _quote)
            {
                isEscaped = true;
                i += 2;
                continue;
            }

            var behind = BehindBlanks(i + 1);
            if (behind == _end && !_isAtEnd)
            {
                return false;
            }

            if (behind == _end || _buffer[behind] == _delimiter || _buffer[behind] is '\r' or '\n')
            {
                Add(from, i, isQuoted: true, isEscaped);
                i = behind;
                return true;
            }

            IsMisquoted = true;
            i++;
        }
    }

    private bool TryEndLine(int at)
    {
        var behind = at;
        while (behind < _end && _buffer[behind] == '\r')
        {
            behind++;
        }

        if (behind == _end && !_isAtEnd)
        {
            return false;
        }

        var isLineFeed = behind < _end && _buffer[behind] == '\n';
        var isLast = behind == _end;
        if (isLineFeed ? _lineEnds == LineEnds.CarriageReturn : _lineEnds == LineEnds.LineFeed && !isLast)
        {
            throw new CsvFormatException(CsvFormatProblem.MixedLineEnds);
        }

        _lineEnds = isLineFeed ? LineEnds.LineFeed : _lineEnds == LineEnds.NotSeen ? LineEnds.CarriageReturn : _lineEnds;
        EndsWithLine = true;
        _rowEnd = at;
        _next = isLineFeed || _lineEnds == LineEnds.LineFeed ? Math.Min(_end, behind + (isLineFeed ? 1 : 0)) : at + 1;
        return true;
    }

    private void Add(int from, int to, bool isQuoted, bool isEscaped)
    {
        AddPlain(from, to);
        if (isQuoted || isEscaped)
        {
            _isPlain = false;
            _cells[CellCount - 1] = new Cell(from, to - from, isQuoted, isEscaped);
        }
    }

    private void AddPlain(int from, int to)
    {
        if (CellCount == _cells.Length)
        {
            Array.Resize(ref _cells, _cells.Length * 2);
        }

        _cells[CellCount++] = new Cell(from, to - from, IsQuoted: false, IsEscaped: false);
    }
}
