using System.Text;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Csv;

/// <summary>Files that hold CSV.</summary>
/// <param name="encoding">What holds where there is no byte order mark.</param>
/// <param name="delimiter">Between cells.</param>
internal sealed class CsvFormat(Encoding encoding, char delimiter) : IFileFormat
{
    public IFileRows Open(string name, Stream bytes, IReadOnlyList<string> columns, FileCursor? cursor, long rowsDone, CancellationToken cancellationToken) =>
        CsvFile.Open(new CsvContent(name, bytes, encoding, delimiter), columns, cursor, rowsDone, cancellationToken);
}
