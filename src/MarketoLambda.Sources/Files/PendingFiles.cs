using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Files;

/// <summary>The files of a folder that are not finished, in the order in which they are to be read.</summary>
/// <remarks>Found once, when a run begins; what arrives later is for the next run.</remarks>
internal sealed class PendingFiles
{
    private readonly IReadOnlyList<FileEntry> _files;
    private readonly long _bytes;
    private long _bytesLeft;
    private int _next;

    private PendingFiles(IReadOnlyList<FileEntry> files, IEnumerable<SourceNotice> notices)
    {
        _files = files;
        _bytes = _bytesLeft = _files.Sum(file => file.Bytes);
        Notices = new Queue<SourceNotice>(notices);
    }

    /// <summary>What a person should know about the folder and its files, to be handed out before anything else.</summary>
    public Queue<SourceNotice> Notices { get; }

    /// <summary>The file to read next; null where all are finished.</summary>
    public FileEntry? Next => _next < _files.Count ? _files[_next] : null;

    /// <summary>The smallest name that is not finished; null where all are.</summary>
    /// <remarks>All but the first are in order, so it is one of the next two.</remarks>
    public string? SmallestName => _files.Skip(_next).Take(2).Select(file => file.Name).Min(StringComparer.Ordinal);

    /// <summary>The next file is finished, or gone.</summary>
    public void Pass() => _bytesLeft -= _files[_next++].Bytes;

    public void Notice(string file, string code, string message) => Notices.Enqueue(new SourceNotice(new SourceLocation(file, 0), code, message));

    /// <summary>Share of the bytes that was read.</summary>
    /// <param name="ofNext">Share of the next file that was read, 0 to 1.</param>
    public double FractionRead(double ofNext) =>
        _bytes == 0 ? 1 : 1 - ((_bytesLeft - (ofNext * (Next?.Bytes ?? 0))) / _bytes);

    /// <summary>Compares what is there with what is finished.</summary>
    /// <remarks>A half-read file goes first, then the others by name: a late file must not come between the halves of another.</remarks>
    public static async ValueTask<PendingFiles> FindAsync(
        IFileFolder folder,
        FilePosition position,
        IEnumerable<FileEntry> files,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        List<FileEntry> pending = [];
        List<SourceNotice> notices = [];
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Name == position.Unfinished?.Name)
            {
                pending.Insert(0, file);
            }
            else if (position.Ledger.Done.TryGetValue(file.Name, out var print))
            {
                if (!FilePrint.Allows(print, file.Bytes) || await folder.FingerprintAsync(file, cancellationToken) != print)
                {
                    pending.Add(file);
                }
            }
            else if (!position.Ledger.IsAtOrBelowFloor(file.Name))
            {
                pending.Add(file);
            }
            else if (file.ModifiedAt > position.SeenAt && file.ModifiedAt <= now)
            {
                notices.Add(new SourceNotice(
                    new SourceLocation(file.Name, 0),
                    "late-file",
                    $"The file was changed at {file.ModifiedAt:u}, but files up to {position.Ledger.Floor} count as finished, and it is not read; "
                    + "to import it, give it a name above that one"));
            }
        }

        return new PendingFiles(pending, notices);
    }
}
