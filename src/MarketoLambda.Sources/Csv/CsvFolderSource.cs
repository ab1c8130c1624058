using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>CSV files of one folder, read in the order of their names, each to its end before the next.</summary>
public sealed class CsvFolderSource : ISource
{
    private readonly CsvFolderOptions _options;
    private readonly IFileFolder _folder;
    private readonly FolderOptions _files;
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
        _files = new FolderOptions(new FileSelection(options.Patterns), new CsvFormat(options.Encoding, options.Delimiter))
        {
            Cursor = options.CursorColumn is { } column ? new CursorColumn(column, options.CursorFormat, options.Conventions) { NullValues = options.NullValues } : null,
            SettleTime = options.SettleTime,
        };
    }

    public string Description => $"CSV files {_files.Selection} in {_folder.Description}";

    public bool HasStamps => _options.CursorColumn is not null;

    public SourceConventions Conventions => _options.Conventions;

    public FileShape? Shape => new(_options.Delimiter, _options.CursorColumn);

    public IReadOnlyList<string> Advice { get; init; } = [];

    public bool IsLater(SourcePlace place, SourcePlace than) => FolderSource.IsLater(place, than);

    public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
        new FolderSource(_folder, _files, _time).OpenAsync(request, cancellationToken);
}
