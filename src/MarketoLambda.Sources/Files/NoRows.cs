using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>The rows of a file without a single letter: whatever it was to hold, it has none.</summary>
/// <param name="content">The file, read to its end; owned.</param>
internal sealed class NoRows(Stream content) : IFileRows
{
    public bool HasHeader => false;

    public long RowCount => 0;

    public long RowsRead => 0;

    public long RowsSkipped => 0;

    public IEnumerable<SourceNotice> Notices => [];

    public SourceItem? Next(CancellationToken cancellationToken) => null;

    public bool HasGrown(CancellationToken cancellationToken) => content.ReadByte() >= 0;

    public void Dispose() => content.Dispose();
}
