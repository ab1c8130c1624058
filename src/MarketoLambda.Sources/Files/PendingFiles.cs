using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>The files of a folder that are not finished, in the order in which they are to be read.</summary>
/// <remarks>Found once, when a run begins; what arrives later is for the next run.</remarks>
internal sealed class PendingFiles
{
    private readonly IReadOnlyList<FileEntry> _files;
    private readonly List<FileEntry> _finished;
    private readonly long _bytes;
    private long _bytesLeft;
    private int _next;

    /// <param name="files">Files to read, in their order.</param>
    /// <param name="finished">Files that are finished.</param>
    public PendingFiles(IReadOnlyList<FileEntry> files, IEnumerable<FileEntry> finished)
    {
        _files = files;
        _finished = [.. finished];
        _bytes = _bytesLeft = _files.Sum(file => file.Bytes);
    }

    /// <summary>What a person should know about the folder and its files, to be handed out before anything else.</summary>
    public Queue<SourceNotice> Notices { get; } = [];

    /// <summary>The file to read next; null where all are finished.</summary>
    public FileEntry? Next => _next < _files.Count ? _files[_next] : null;

    /// <summary>Files that are finished, those of this run last.</summary>
    public IReadOnlyList<FileEntry> Finished => _finished;

    /// <summary>The next file is finished, as it was when it was let in.</summary>
    public void Finish(FileEntry file)
    {
        _finished.RemoveAll(other => other.Name == file.Name);
        _finished.Add(file);
        Pass();
    }

    /// <summary>The next file is finished, or gone.</summary>
    public void Pass() => _bytesLeft -= _files[_next++].Bytes;

    public void Notice(string file, string code, string message) =>
        Notices.Enqueue(new SourceNotice(new SourceLocation(file, 0), code, message));

    /// <summary>Share of the bytes that was read.</summary>
    /// <param name="ofNext">Share of the next file that was read, 0 to 1.</param>
    public double FractionRead(double ofNext) =>
        _bytes == 0 ? 1 : 1 - ((_bytesLeft - (ofNext * (Next?.Bytes ?? 0))) / _bytes);
}
