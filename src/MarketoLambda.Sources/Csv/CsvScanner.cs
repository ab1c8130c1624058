using System.Buffers;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Csv;

/// <summary>Cuts a text into rows and cells, one row at a time, in a buffer that holds no more than the longest row.</summary>
/// <remarks>
/// Rows end with LF or CRLF, or with CR where the text has nothing else. It decides nothing about what is wrong with a row: it only says
/// so. What leaves it uncertain where the row ends is a <see cref="CsvFormatException"/>.
/// </remarks>
/// <param name="text">The text; stays open.</param>
/// <param name="dialect">How its rows are written.</param>
internal sealed partial class CsvScanner(TextReader text, CsvDialect dialect)
{
    /// <summary>Most characters of a row. A longer one is nearly always a quote that was never closed, so the file is refused.</summary>
    public const int MaxRowCharacters = 1024 * 1024;

    private const int BufferCharacters = 32 * 1024;
    private const int NoMore = int.MaxValue;
    private const char EndOfFile = '\x1A';
    private const char Mark = '\uFEFF';

    private const char LastOfAscii = '\x7F';

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

    /// <summary>A cell of the row read last goes on after its closing quote. The row stands on one line: what follows is certain.</summary>
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
}
