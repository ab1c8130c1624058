using System.Text;
using System.Text.Json;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.JsonLines;

/// <summary>Lines of a file that are not blank, one at a time, each with the object it holds.</summary>
internal sealed class JsonRows : IDisposable
{
    private readonly JsonLinesContent _content;
    private readonly OpenText _text;
    private readonly TextLines _lines;
    private byte[] _utf8 = new byte[4096];
    private JsonDocument? _document;

    public JsonRows(JsonLinesContent content)
    {
        _content = content;
        _text = content.OpenText();
        _lines = new TextLines(_text.Reader);
    }

    /// <summary>Lines read so far.</summary>
    public long Number { get; private set; }

    /// <summary>Where the line read last stands.</summary>
    public SourceLocation Place => SourceLocation.OfLine(_content.Name, _lines.Number);

    /// <summary>Why the line read last is no record; null where it is one.</summary>
    public (string Code, string Reason)? Problem { get; private set; }

    /// <summary>The object of the line read last; nothing where there is a problem.</summary>
    public JsonElement Root => _document?.RootElement ?? default;

    /// <summary>The line read last.</summary>
    public ReadOnlySpan<char> Line => _lines.Line;

    /// <summary>The line read last ends with the text, in the middle of its object.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The line read last has bytes that are no text.</summary>
    public bool IsUndecodable => Line.Contains(OddText.Undecodable);

    /// <summary>Goes to the next line that is not blank; false at the end of the file.</summary>
    /// <exception cref="SourceException">The file cannot be read.</exception>
    public bool Read(CancellationToken cancellationToken)
    {
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_content.Guarded(_lines.Read))
            {
                return false;
            }
        }
        while (!_lines.IsTooLong && _lines.Line.IsWhiteSpace());

        Number++;
        Parse(_lines.Line.TrimStart('\uFEFF')); // left behind where files are put together
        return true;
    }

    public void Dispose()
    {
        _document?.Dispose();
        _text.Dispose();
    }

    private void Parse(ReadOnlySpan<char> line)
    {
        _document?.Dispose();
        (_document, IsCut) = (null, false);
        Problem = _lines.IsTooLong ? ("line-too-long", $"the line has more than {TextLines.MaxCharacters} characters")
            : line.Contains('\0') ? ("invalid-text", "the line has a NUL, which no text holds")
            : IsUndecodable ? ("invalid-text", $"the line has bytes that are no {_text.Encoding.WebName} text")
            : null;
        if (Problem is not null)
        {
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(line.Length);
        _utf8 = _utf8.Length < most ? new byte[most] : _utf8;
        var bytes = _utf8.AsMemory(0, Encoding.UTF8.GetBytes(line, _utf8));
        try
        {
            _document = JsonDocument.Parse(bytes);
            Problem = Root.ValueKind == JsonValueKind.Object
                ? null
                : ("not-an-object", "the line is no JSON object; each line must hold one");
        }
        catch (JsonException)
        {
            IsCut = !_lines.EndsWithLine && IsBeginning(bytes.Span);
            Problem = ("not-json", "the line is no whole JSON object; each line must hold one, written as RFC 8259 says");
        }
    }

    // Only where more would have made it whole.
    private static bool IsBeginning(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json, isFinalBlock: false, default);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
