using System.Text;
using MarketoLambda.Sync.Reading;
using Sylvan.Data.Csv;

namespace MarketoLambda.Sources.Csv;

/// <summary>Rows of a file, one at a time: the header line first, as row 0. Blank lines are passed over.</summary>
/// <remarks>
/// Rows end with LF or CRLF. A carriage return alone, outside quotes, is refused: Sylvan takes it for a line end or for part of a cell,
/// depending on where in its buffer it stands.
/// </remarks>
internal sealed class CsvRows : IDisposable
{
    /// <summary>Most characters of a row. A longer one is nearly always a quote that was never closed, so the file is refused.</summary>
    public const int MaxRowCharacters = 1024 * 1024;

    private const int BufferCharacters = 32 * 1024;

    private readonly CsvContent _content;
    private readonly CsvDataReader _csv;
    private readonly Func<bool> _next;

    private CsvRows(CsvContent content)
    {
        _content = content;
        _csv = Guarded(() => CsvDataReader.Create(content.OpenText(), new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = content.Delimiter,
            Comment = '\0', // no comments: NULs never get this far
            BufferSize = BufferCharacters,
            MaxBufferSize = MaxRowCharacters,
        }));
        _next = _csv.Read;
    }

    /// <summary>The row read last: 0 for the header line, -1 before it.</summary>
    public long Number { get; private set; } = -1;

    /// <summary>Cells of the row read last.</summary>
    public int CellCount => _csv.RowFieldCount;

    /// <summary>Whether the row read last ended with its line, and not with the text.</summary>
    public bool EndsWithLine { get; private set; } = true;

    /// <summary>Starts at the beginning of the content, which stays open afterwards.</summary>
    /// <exception cref="SourceException">The content cannot be read, or does not begin as CSV.</exception>
    public static CsvRows Open(CsvContent content) => new(content);

    /// <summary>A cell of the row read last, without its quotes; valid until the next row.</summary>
    public ReadOnlySpan<char> Cell(int ordinal) => _csv.GetFieldSpan(ordinal);

    /// <summary>Goes to the next row; false at the end of the text.</summary>
    /// <exception cref="SourceException">The content cannot be read, or is no CSV from here on.</exception>
    public bool Read()
    {
        while (Guarded(_next))
        {
            var line = _csv.GetRawRecordSpan();
            var row = line.EndsWith("\r\n") ? line[..^2] : line.EndsWith('\n') ? line[..^1] : line;
            if (row.IsEmpty)
            {
                continue;
            }

            Number++;
            EndsWithLine = row.Length < line.Length;
            if (StrayLineEnd.IsIn(row, _content.Delimiter))
            {
                throw Refusal(Number, "has a line end other than LF or CRLF; save the file with one of these");
            }

            return true;
        }

        return false;
    }

    public void Dispose() => _csv.Dispose();

    private T Guarded<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (CsvRecordTooLargeException)
        {
            throw Refusal(Number + 1, $"is longer than {MaxRowCharacters} characters; probably a quote in it is never closed");
        }
        catch (CsvFormatException)
        {
            throw Refusal(Number + 1, "has a quoted cell that is not closed, or goes on after its closing quote; write a quote inside quotes twice");
        }
        catch (DecoderFallbackException)
        {
            throw Refusal(0, $"has bytes in line {_content.LineOfInvalidBytes()} that are no {_content.Encoding.WebName} text; set \"encoding\" to what the file is written in");
        }
        catch (InvalidDataException)
        {
            throw Refusal(0, "is a gzip file that is damaged or was cut; fetch it again");
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException)
        {
            throw CsvRefusal.Of(new SourceLocation(_content.Name, 0), $"cannot be read ({failure.Message})", failure);
        }
    }

    private SourceException Refusal(long row, string problem) => CsvRefusal.Of(new SourceLocation(_content.Name, row), problem);
}
