using System.Text;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Csv;

/// <summary>The bytes of one file, and how they are to be read as CSV. Can be read any number of times.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Bytes">The file as stored; seekable, owned.</param>
/// <param name="Encoding">What holds where the file itself does not tell.</param>
/// <param name="Dialect">How its rows are written.</param>
internal sealed record CsvContent(string Name, Stream Bytes, Encoding Encoding, CsvDialect Dialect) : IDisposable
{
    public OpenText OpenText() => FileText.Open(Bytes, Encoding);

    /// <summary>The rows behind the header, which has the needed columns.</summary>
    /// <exception cref="SourceException">It is no CSV, or not that of this job.</exception>
    public CsvRows OpenRows(IReadOnlyList<string> needed, CancellationToken cancellationToken, out CsvHeader header)
    {
        CsvRows? rows = null;
        try
        {
            rows = CsvRows.OpenAtHeader(this, cancellationToken);
            header = CsvHeader.Read(rows, needed, cancellationToken);
            return rows;
        }
        catch (Exception failure)
        {
            rows?.Dispose();
            if (failure is SourceException && ForeignKind() is { } kind)
            {
                throw FileErrors.Create(new SourceLocation(Name, 0), $"is no CSV but {kind}");
            }

            throw;
        }
    }

    /// <summary>What the file is, if its first bytes say that it is no text of rows and cells; null otherwise.</summary>
    private string? ForeignKind()
    {
        try
        {
            return FileSignature.Find(Name, FileText.Beginning(Bytes));
        }
        catch (IOException)
        {
            return null; // which is said already
        }
    }

    public long LineOfInvalidBytes(CancellationToken cancellationToken) => FileText.LineOfInvalidBytes(Bytes, Encoding, cancellationToken);

    public bool IsUtf8ReadOtherwise(CancellationToken cancellationToken) =>
        FileText.IsUtf8ReadOtherwise(Bytes, Encoding, cancellationToken);

    public void Dispose() => Bytes.Dispose();
}
