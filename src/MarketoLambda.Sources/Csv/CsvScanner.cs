using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Csv;

/// <summary>Cuts a text into rows and cells, one row at a time, in a buffer that holds no more than the longest row.</summary>
/// <remarks>
/// Rows end with LF or CRLF, or with CR where the text has nothing else. It decides nothing about what is wrong with a row: it only says so. What
/// leaves it uncertain where the row ends is a <see cref="CsvFormatException"/>.
/// </remarks>
/// <param name="text">The text; stays open.</param>
/// <param name="dialect">How its rows are written.</param>
internal sealed class CsvScanner(TextReader text, CsvDialect dialect)
{
    /// <summary>Most characters of a row. A longer one is nearly always a quote that was never closed, so the file is refused.</summary>
    public const int MaxRowCharacters = 1024 * 1024;

    private const int BufferCharacters = 32 * 1024;
    private const int NoMore = int.MaxValue;
    private const char EndOfFile = '\x1A';
    private const char Mark = '\uFEFF';

    private static readonly Vector256<ushort> LineFeeds = Vector256.Create((ushort)'\n');
    private static readonly Vector256<ushort> CarriageReturns = Vector256.Create((ushort)'\r');

    // Compared with characters: no character is -1.
    private readonly int _quote = dialect.Quote ?? -1;
    private readonly int _escape = dialect.Escape ?? -1;
    private char _delimiter = dialect.Delimiter;
    private SearchValues<char> _cellEnds = CellEnds(dialect.Delimiter, dialect.Escape);
    private char[] _buffer = new char[BufferCharacters];
    private char[] _scratch = [];
    private Cell[] _cells = new Cell[16];
    private int _start;
    private int _rowEnd;
    private int _next;
    private int _end;
    private int _oddAt = NoMore;
    private long _beyondAscii;
    private long _nextLine = 1;
    private LineEnds _lineEnds;
    private bool _isAtEnd;
    private bool _isPlain;

    /// <summary>What rows end with.</summary>
    private enum LineEnds
    {
        NotSeen,
        LineFeed,
        CarriageReturn,
    }

    /// <summary>Line of the row read last, or where reading stopped, as an editor counts.</summary>
    public long Line { get; private set; }

    /// <summary>Cells of the row read last.</summary>
    public int CellCount { get; private set; }

    /// <summary>Whether the row read last ended with its line, and not with the text.</summary>
    public bool EndsWithLine { get; private set; }

    /// <summary>A cell of the row read last goes on after its closing quote. The row stands on one line, so what follows it is certain.</summary>
    public bool IsMisquoted { get; private set; }

    /// <summary>The row read last has line ends in its cells.</summary>
    public bool HasLinesInside { get; private set; }

    /// <summary>Characters beyond ASCII that were seen so far and mean something.</summary>
    public long BeyondAscii => _beyondAscii;

    /// <summary>Lines that lie behind, before the row that is read next.</summary>
    public long LinesRead => _nextLine - 1;

    /// <summary>Near the row read last, quotes have a backslash before them.</summary>
    public bool HasBackslashBeforeQuote => _buffer.AsSpan(_start, _end - _start).Contains("\\\"", StringComparison.Ordinal);

    /// <summary>The text breaks off inside a character.</summary>
    public bool EndsInsideCharacter => _isAtEnd && _end > 0 && _buffer[_end - 1] == OddText.Undecodable;

    /// <summary>The row read last as it stands in the text, without the line end that closes it.</summary>
    public ReadOnlySpan<char> Row => _buffer.AsSpan(_start, _rowEnd - _start);

    public char Delimiter
    {
        get => _delimiter;
        set => (_delimiter, _cellEnds) = (value, CellEnds(value, dialect.Escape));
    }

    /// <summary>From the first character in the row read last that no text holds; empty where there is none.</summary>
    public ReadOnlySpan<char> OddPart => _oddAt < _rowEnd ? _buffer.AsSpan(_oddAt, _rowEnd - _oddAt) : [];

    /// <summary>A cell of the row read last, without its quotes; valid until the next call.</summary>
    public ReadOnlySpan<char> this[int ordinal]
    {
        get
        {
            var cell = _cells[ordinal];
            var raw = _buffer.AsSpan(cell.Start, cell.Length);
            return cell.IsEscaped ? Unescaped(raw, cell.IsQuoted) : raw;
        }
    }

    /// <summary>Whether a cell of the row read last has quotes of its own around it.</summary>
    public bool IsQuoted(int ordinal) => _cells[ordinal].IsQuoted;

    /// <summary>Goes to the next row that is no blank line and no comment; false at the end of the text.</summary>
    /// <exception cref="CsvFormatException">It cannot be told where the row ends.</exception>
    public bool Read(CancellationToken cancellationToken)
    {
        while (HasMore(cancellationToken))
        {
            Pass();
            Line = _nextLine;
            if (IsComment(cancellationToken))
            {
                SkipLine(cancellationToken);
                continue;
            }

            while (!TryCut() || IsEndToBeSeen())
            {
                Fill(cancellationToken);
            }

            Commit();
            if (_rowEnd > _start && !IsEndOfFileSign)
            {
                return true;
            }
        }

        Line = _nextLine;
        return false;
    }

    /// <summary>The line that comes next, or as much of it as fits; nothing is passed.</summary>
    public ReadOnlySpan<char> PeekLine(CancellationToken cancellationToken)
    {
        if (!HasMore(cancellationToken))
        {
            return [];
        }

        var rest = _buffer.AsSpan(_next, _end - _next);
        var end = rest.IndexOfAny('\r', '\n');
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>Passes over a line, whatever stands in it.</summary>
    public void SkipLine(CancellationToken cancellationToken)
    {
        while (HasMore(cancellationToken))
        {
            var rest = _buffer.AsSpan(_next, _end - _next);
            var end = _lineEnds == LineEnds.LineFeed ? rest.IndexOf('\n') : rest.IndexOfAny('\r', '\n');
            if (end < 0)
            {
                _next = _end;
                Pass();
                continue;
            }

            var isCarriageReturn = rest[end] == '\r';
            _next += end + 1;
            _nextLine++;
            if (isCarriageReturn && HasMore(cancellationToken) && _buffer[_next] == '\n')
            {
                _next++;
            }

            Pass();
            return;
        }
    }

    private static SearchValues<char> CellEnds(char delimiter, char? escape) =>
        SearchValues.Create(escape is { } sign ? [delimiter, '\r', '\n', sign] : [delimiter, '\r', '\n']);

    private bool HasMore(CancellationToken cancellationToken) => _next < _end || Fill(cancellationToken);

    // What was passed counts no more when odd characters are looked for.
    private void Pass()
    {
        (_start, _rowEnd) = (_next, _next);
        if (_oddAt < _next)
        {
            FindOdd(_next);
        }
    }

    private void FindOdd(int from)
    {
        var at = OddText.Find(_buffer, from, _end, ref _beyondAscii);
        _oddAt = at < 0 ? NoMore : at;
    }

    /// <summary>Reads more behind what is kept; false at the end of the text.</summary>
    private bool Fill(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isAtEnd)
        {
            return false;
        }

        _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
        (_oddAt, _end, _start, _rowEnd, _next) = (_oddAt == NoMore ? NoMore : _oddAt - _next, _end - _next, 0, 0, 0);
        if (_end == _buffer.Length)
        {
            if (_end >= MaxRowCharacters)
            {
                throw new CsvFormatException(CsvFormatProblem.TooLong, _oddAt < NoMore && _buffer.AsSpan(_oddAt, _end - _oddAt).Contains('\0'));
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = text.ReadBlock(_buffer, _end, _buffer.Length - _end);
        var from = _end;
        _end += read;
        if (_end < _buffer.Length)
        {
            _isAtEnd = true;
            while (_end > 0 && _buffer[_end - 1] == EndOfFile)
            {
                _end--;
            }
        }

        if (_oddAt == NoMore && from < _end)
        {
            FindOdd(from);
        }

        return _end > 0;
    }

    private bool IsComment(CancellationToken cancellationToken)
    {
        if (dialect.Comment is not { } comment)
        {
            return false;
        }

        while (_end - _next <= comment.Length && Fill(cancellationToken) && !_isAtEnd)
        {
        }

        var line = _buffer.AsSpan(_next, _end - _next).TrimStart(Mark);
        return line.StartsWith(comment);
    }

    // DOS ends a text with it, and some programs write a line end behind.
    private bool IsEndOfFileSign => _isAtEnd && _next == _end && !Row.ContainsAnyExcept(EndOfFile);

    private bool IsEndToBeSeen()
    {
        var isUnclear = !_isAtEnd && _next == _end && !Row.IsEmpty && !Row.ContainsAnyExcept(EndOfFile);
        _next = isUnclear ? _start : _next;
        return isUnclear;
    }

    private void Commit()
    {
        HasLinesInside = false;
        if (!_isPlain)
        {
            var inside = LinesIn(Row);
            HasLinesInside = inside > 0;
            _nextLine += inside;
        }

        _nextLine += EndsWithLine ? 1 : 0;
        if (IsMisquoted && HasLinesInside)
        {
            throw new CsvFormatException(CsvFormatProblem.Misquoted);
        }
    }

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
            var isQuote = i < _end && _buffer[i] == _quote;
            if (!isQuote && TryCutPlainCells(ref i))
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

    /// <summary>Cuts cells without quotes and escapes, several at once; true at the end of the line, false where a cell needs a closer look.</summary>
    private bool TryCutPlainCells(ref int i)
    {
        if (_escape >= 0)
        {
            return false;
        }

        var (delimiters, quotes) = (Vector256.Create((ushort)_delimiter), Vector256.Create(_quote < 0 ? (ushort)_delimiter : (ushort)_quote));
        ref var text = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetArrayDataReference(_buffer));
        for (var at = i; at <= _end - Vector256<ushort>.Count; at += Vector256<ushort>.Count)
        {
            var block = Vector256.LoadUnsafe(ref text, (nuint)at);
            var hits = (Vector256.Equals(block, delimiters) | Vector256.Equals(block, quotes)
                | Vector256.Equals(block, LineFeeds) | Vector256.Equals(block, CarriageReturns)).ExtractMostSignificantBits();
            for (; hits != 0; hits &= hits - 1)
            {
                var hit = at + BitOperations.TrailingZeroCount(hits);
                if (_buffer[hit] == _quote)
                {
                    return false;
                }

                AddPlain(i, hit);
                if (_buffer[hit] != _delimiter)
                {
                    i = hit;
                    return true;
                }

                i = hit + 1;
            }
        }

        return false;
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
        }
    }

    private bool TryPassEscaped(ref int i)
    {
        if (_end - i < 3 && !_isAtEnd)
        {
            return false;
        }

        var isLineEnd = _end - i >= 3 && _buffer.AsSpan(i + 1).StartsWith("\r\n");
        i = Math.Min(_end, i + (isLineEnd ? 3 : 2));
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
                return _isAtEnd ? throw new CsvFormatException(IsMisquoted ? CsvFormatProblem.Misquoted : CsvFormatProblem.Unclosed) : false;
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

    private ReadOnlySpan<char> Unescaped(ReadOnlySpan<char> raw, bool isQuoted)
    {
        if (_scratch.Length < raw.Length)
        {
            _scratch = new char[Math.Max(raw.Length, BufferCharacters)];
        }

        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            int next = i + 1 < raw.Length ? raw[i + 1] : -1;
            if (raw[i] == _escape && next >= 0 && (next == _escape || next == _quote || next == _delimiter || next is '\r' or '\n'))
            {
                i++;
            }
            else if (isQuoted && raw[i] == _quote && next == _quote)
            {
                i++;
            }

            _scratch[length++] = raw[i];
        }

        return _scratch.AsSpan(0, length);
    }

    /// <param name="Start">In the buffer, behind the opening quote.</param>
    /// <param name="Length">To the closing quote.</param>
    /// <param name="IsQuoted">Whether there are quotes.</param>
    /// <param name="IsEscaped">Doubled quotes or escapes are inside.</param>
    private readonly record struct Cell(int Start, int Length, bool IsQuoted, bool IsEscaped);
}

/// <summary>Where the row ends that was being read cannot be told.</summary>
/// <param name="problem">Why.</param>
/// <param name="hasNul">A NUL was seen in it.</param>
internal sealed class CsvFormatException(CsvFormatProblem problem, bool hasNul = false) : Exception
{
    public CsvFormatProblem Problem => problem;

    public bool HasNul => hasNul;
}

/// <summary>Why it cannot be told where a row ends.</summary>
internal enum CsvFormatProblem
{
    /// <summary>A quoted cell has no closing quote.</summary>
    Unclosed,

    /// <summary>A quoted cell goes on after its closing quote, and over the end of its line.</summary>
    Misquoted,

    /// <summary>Rows end in more than one way.</summary>
    MixedLineEnds,

    /// <summary>A row is longer than any may be.</summary>
    TooLong,
}
