using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.JsonLines;

/// <summary>The bytes of one file of JSON lines. Can be read any number of times.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Bytes">The file as stored; seekable, owned.</param>
internal sealed record JsonLinesContent(string Name, Stream Bytes) : IDisposable
{
    public OpenText OpenText() => Guarded(() => FileText.Open(Bytes, FileText.StrictUtf8));

    /// <summary>What the file is, if its first bytes say that it is no text; null otherwise.</summary>
    public string? ForeignKind() => Guarded(() => FileSignature.Find(Name, FileText.Beginning(Bytes), "JSON lines"));

    /// <summary>What fails while bytes are read is about the file, and is said so.</summary>
    public T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is GzipDamage or IOException or NotSupportedException)
        {
            throw Error(failure is GzipDamage ? failure.Message : $"cannot be read ({failure.Message})", failure);
        }
    }

    public SourceException Error(string problem, Exception? cause = null) =>
        FileErrors.Create(new SourceLocation(Name, 0), problem, cause);

    public void Dispose() => Bytes.Dispose();
}
