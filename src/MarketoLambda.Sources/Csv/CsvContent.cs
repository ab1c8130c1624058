using System.Text;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Csv;

/// <summary>The bytes of one file, and how they are to be read as CSV. Can be read any number of times.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Bytes">The file as stored; seekable, owned.</param>
/// <param name="Encoding">What holds where there is no byte order mark.</param>
/// <param name="Delimiter">Between cells.</param>
internal sealed record CsvContent(string Name, Stream Bytes, Encoding Encoding, char Delimiter) : IDisposable
{
    /// <summary>Lets this token end whatever is waited for while the content is read.</summary>
    public void Obey(CancellationToken cancellationToken)
    {
        if (Bytes is IDistantContent distant)
        {
            distant.Cancellation = cancellationToken;
        }
    }

    public TextReader OpenText() => FileText.Open(Bytes, Encoding);

    public long LineOfInvalidBytes() => FileText.LineOfInvalidBytes(Bytes, Encoding);

    public bool IsUtf8ReadAsSingleBytes() => FileText.IsUtf8ReadAsSingleBytes(Bytes, Encoding);

    public void Dispose() => Bytes.Dispose();
}
