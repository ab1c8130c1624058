using System.Text;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Csv;

/// <summary>Files that hold CSV.</summary>
/// <param name="encoding">What holds where a file itself does not tell.</param>
/// <param name="dialect">How rows are written.</param>
internal sealed class CsvFormat(Encoding encoding, CsvDialect dialect) : IFileFormat
{
    public IFileRows Open(
        string name,
        Stream bytes,
        IReadOnlyList<string> columns,
        FileCursor? cursor,
        long rowsDone,
        CancellationToken cancellationToken
    ) =>
        FileText.HoldsNothing(bytes, cancellationToken)
            ? new NoRows(bytes)
            : CsvFile.Open(new CsvContent(name, bytes, encoding, dialect), columns, cursor, rowsDone, cancellationToken);
}
