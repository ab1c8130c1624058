using System.Text;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Csv;

/// <summary>Rows of a file, one at a time; the header is row 0. What stands before it, blank lines and comments are left out.</summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>What is said of rows that a backslash would have made whole.</summary>
    public const string BackslashProblem = "writes a quote inside quotes with a backslash; set \"escape\": \"\\\\\"";

    private const string SeparatorSign = "sep=";

    private readonly CsvContent _content;
    private readonly OpenText _text;
    private readonly CsvScanner _scanner;

    private CsvRows(CsvContent content, OpenText text)
    {
        _content = content;
        _text = text;
        _scanner = new CsvScanner(text.Reader, content.Dialect);
    }

    /// <summary>The row read last: 0 for the header, -1 before it.</summary>
    public long Number { get; private set; } = -1;

    /// <summary>Where the row read last stands.</summary>
    public SourceLocation Place => SourceLocation.OfLine(_content.Name, _scanner.Line);

    /// <summary>Cells of the row read last.</summary>
    public int CellCount => _scanner.CellCount;

    /// <summary>Whether the row read last ended with its line, and not with the text.</summary>
    public bool EndsWithLine => _scanner.EndsWithLine;

    /// <summary>A quoted cell of the row read last goes on after its closing quote.</summary>
    public bool IsMisquoted => _scanner.IsMisquoted;

    /// <summary>The row read last has line ends in its cells.</summary>
    public bool HasLinesInside => _scanner.HasLinesInside;

    /// <summary>The row read last as it stands in the file.</summary>
    public ReadOnlySpan<char> Raw => _scanner.Row;

    /// <summary>Between the cells of this file.</summary>
    public char Delimiter => _scanner.Delimiter;

    /// <summary>Characters beyond ASCII that were seen so far and mean something.</summary>
    public long BeyondAscii => _scanner.BeyondAscii;

    /// <summary>What the file is written in.</summary>
    public OpenText Text => _text;

    /// <summary>What is odd about the characters of the row read last; null where nothing is.</summary>
    public OddCharacters? Odd => _scanner.OddPart is { IsEmpty: false } part ? OddCharacters.Scan(part) : null;

    /// <summary>Starts at the beginning of the content, which stays open afterwards, and goes to its header.</summary>
    /// <exception cref="SourceException">The content cannot be read, or does not begin as CSV.</exception>
    public static CsvRows OpenAtHeader(CsvContent content, CancellationToken cancellationToken)
    {
        CsvRows? rows = null;
        try
        {
            rows = new CsvRows(content, content.OpenText());
            rows.SkipToHeader(cancellationToken);
            return rows;
        }
        catch (Exception failure)
        {
            var refusal = Explained(content, rows, failure, cancellationToken);
            rows?.Dispose();
            throw refusal ?? failure;
        }
    }

    /// <summary>A cell of the row read last, without its quotes; valid until the next call.</summary>
    public ReadOnlySpan<char> Cell(int ordinal) => _scanner[ordinal];

    /// <summary>Whether a cell without quotes around it has one inside, as nobody writes who puts quotes around cells.</summary>
    public bool HasStrayQuote()
    {
        if (_content.Dialect.Quote is { } quote)
        {
            for (var ordinal = 0; ordinal < CellCount; ordinal++)
            {
                if (!_scanner.IsQuoted(ordinal) && _scanner[ordinal].Contains(quote))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether there is nothing in the row but empty cells, as spreadsheets leave them.</summary>
    public bool IsOfEmptyCells()
    {
        for (var ordinal = 0; ordinal < CellCount; ordinal++)
        {
            if (!Cell(ordinal).IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Goes to the next row; false at the end of the text.</summary>
    /// <exception cref="SourceException">The content cannot be read, or is no CSV from here on.</exception>
    public bool Read(CancellationToken cancellationToken)
    {
        try
        {
            var isRow = _scanner.Read(cancellationToken);
            Number += isRow ? 1 : 0;
            if (!isRow && _scanner.EndsInsideCharacter)
            {
                throw Error($"ends inside a character of {_text.Encoding.WebName}: the file was cut, or is written in another encoding");
            }

            return isRow;
        }
        catch (Exception failure) when (Explained(_content, this, failure, cancellationToken) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Everything that stops the reading of this file names the line.</summary>
    public SourceException Error(string problem) => FileErrors.Create(Place, problem);

    public void Dispose() => _text.Dispose();

    private void SkipToHeader(CancellationToken cancellationToken)
    {
        TakeSeparator(cancellationToken);
        for (var line = _scanner.LinesRead; line < _content.Dialect.LinesBeforeHeader; line++)
        {
            _scanner.SkipLine(cancellationToken);
        }

        TakeSeparator(cancellationToken); // a report may write its title above the line that Excel reads
        while (Read(cancellationToken))
        {
            if (Odd is { } odd)
            {
                throw Error(odd.Kind == OddKind.Control ? $"is the header and {odd.Problem(_text)}" : odd.Error(_text));
            }

            if (!IsOfEmptyCells())
            {
                Number = 0;
                return;
            }
        }

        throw FileErrors.Create(new SourceLocation(_content.Name, 0), "is empty; even a file without rows needs its header line");
    }

    /// <summary>A line <c>sep=;</c> names the delimiter for Excel, and is no row.</summary>
    private void TakeSeparator(CancellationToken cancellationToken)
    {
        var line = _scanner.PeekLine(cancellationToken).Trim(['\uFEFF', '"', ' ']);
        if (line.StartsWith(SeparatorSign, StringComparison.OrdinalIgnoreCase) && line.Length == SeparatorSign.Length + 1)
        {
            _scanner.Delimiter = line[^1];
            _scanner.SkipLine(cancellationToken);
        }
    }

    // Null for what is not about the content.
    private static SourceException? Explained(
        CsvContent content, CsvRows? rows, Exception failure, CancellationToken cancellationToken) => failure switch
        {
            CsvFormatException format when rows is not null => rows.Error(rows.Explained(format)),
            DecoderFallbackException => FileErrors.Create(
                SourceLocation.OfLine(content.Name, content.LineOfInvalidBytes(cancellationToken)),
                $"has bytes that are no {content.Encoding.WebName} text; set \"encoding\" to what the file is written in"),
            GzipDamage damage => FileErrors.Create(new SourceLocation(content.Name, 0), damage.Message),
            IOException or NotSupportedException => FileErrors.Create(
                new SourceLocation(content.Name, 0), $"cannot be read ({failure.Message})", failure),
            _ => null,
        };

    private string Explained(CsvFormatException format) => format.Problem switch
    {
        CsvFormatProblem.TooLong when format.HasNul => OddCharacters.Hole,
        CsvFormatProblem.TooLong => $"is longer than {CsvScanner.MaxRowCharacters} characters; probably a quote in it is never closed",
        CsvFormatProblem.MixedLineEnds => "ends otherwise than the lines before it; save the file with one kind of line end, LF or CRLF",
        CsvFormatProblem.EscapedLineEnd =>
            "has the escape before CR and LF, so it cannot be told whether it ends there; write such a cell in quotes",
        CsvFormatProblem.Misquoted when _content.Dialect.Escape is null && _scanner.HasBackslashBeforeQuote =>
            BackslashProblem,
        CsvFormatProblem.Misquoted => "has a quoted cell that goes on after its closing quote, and over the end of its line; "
            + "write a quote inside quotes twice, or set \"quote\": \"none\" where quotes are part of the text",
        _ => "has a quoted cell that is never closed; close it, or set \"quote\": \"none\" where quotes are part of the text",
    };
}
