using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>CSV files of one folder, read in the order of their names, each to its end before the next.</summary>
public sealed class CsvFolderSource : ISource
{
    private readonly CsvFolderOptions _options;
    private readonly IFileFolder _folder;
    private readonly TimeProvider _time;

    /// <param name="folder">A folder on this machine; folders inside it are not read.</param>
    /// <param name="options">Which of its files are read, and how.</param>
    /// <param name="time">The clock.</param>
    public CsvFolderSource(string folder, CsvFolderOptions options, TimeProvider time)
        : this(new LocalFolder(folder), options, time)
    {
    }

    internal CsvFolderSource(IFileFolder folder, CsvFolderOptions options, TimeProvider time)
    {
        _folder = folder;
        _options = options;
        _time = time;
    }

    public string Description => $"CSV files \"{_options.Pattern}\" in {_folder.Description}";

    public bool HasStamps => _options.CursorColumn is not null;

    public SourceConventions Conventions => _options.Conventions;

    public IReadOnlyList<string> Advice { get; init; } = [];

    public async Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var seenAt = _time.GetUtcNow();
        var position = FilePosition.Of(request.From);
        var selection = new FileSelection(_options.Pattern);
        var files = (await _folder.ListAsync(cancellationToken)).ToLookup(file => file.IsRegular);
        var pending = await PendingFiles.FindAsync(_folder, selection, position, files[true], seenAt, cancellationToken);
        var checkpoint = new FolderCheckpoint(request.From, position, seenAt, request.ResumeCapacity);
        if (pending.Notices.Count > 0 && position.Unfinished is null)
        {
            checkpoint.Refresh(pending.SmallestName); // so that the next run does not notice the same again
        }

        foreach (var other in files[false].Where(file => selection.Includes(file.Name)))
        {
            pending.Notice(other.Name, "not-a-file", "this is a pipe or a device and no file, and it is left alone; move it out of the folder");
        }

        var admission = new FileAdmission(_folder, _time, _options.SettleTime, position.Ledger);
        return new CsvFolderReader(_options, request.Columns, admission, pending, checkpoint, _time);
    }
}
