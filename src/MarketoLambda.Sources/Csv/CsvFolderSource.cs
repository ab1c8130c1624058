using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Csv;

/// <summary>CSV files of one folder, read in the order of their names, each to its end before the next.</summary>
public sealed class CsvFolderSource : IFileSource
{
    private readonly CsvFolderOptions _options;
    private readonly IFileFolder _folder;
    private readonly FolderOptions _files;
    private readonly TimeProvider _time;
    private readonly FinishedFolder? _finished;

    /// <param name="folder">A folder on this machine; folders inside it are not read.</param>
    /// <param name="options">Which of its files are read, and how.</param>
    /// <param name="time">The clock.</param>
    public CsvFolderSource(string folder, CsvFolderOptions options, TimeProvider time)
        : this(new LocalFolder(folder), options, time) =>
        _finished = options.Files.MoveTo is { } inside ? new FinishedFolder(folder, inside) : null;

    internal CsvFolderSource(IFileFolder folder, CsvFolderOptions options, TimeProvider time)
    {
        _folder = folder;
        _options = options;
        _time = time;
        _files = new FolderOptions(new FileSelection(options.Patterns), new CsvFormat(options.Encoding, options.Dialect))
        {
            Cursor = options.CursorColumn is { } column
                ? new CursorColumn(column, options.CursorFormat, options.Conventions)
                {
                    NullValues = options.NullValues,
                    UnwrapsExcelText = options.UnwrapsExcelText,
                }
                : null,
            SettleTime = options.SettleTime,
            Habits = options.Files,
        };
    }

    public string Description => $"CSV files {_files.Selection} in {_folder.Description}";

    public bool HasCursor => _options.CursorColumn is not null;

    public bool CountsLines => true;

    public SourceConventions Conventions => _options.Conventions;

    // What is exported quotes cells and begins with its header: not every dialect reads that.
    public FileShape? Shape => _options.Dialect is { Quote: '"', Escape: null, LinesBeforeHeader: 0 } dialect
        ? new FileShape(dialect.Delimiter, _options.CursorColumn)
        : null;

    public IReadOnlyList<string> Advice { get; init; } = [];

    public bool IsLater(SourcePlace place, SourcePlace than) => FolderSource.IsLater(place, than);

    public PositionText? DescribePosition(Checkpoint position) => HalfReadFile.Describe(position);

    public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
        new FolderSource(_folder, _finished, _files, _time).OpenAsync(request, cancellationToken);

    public Task<ForgottenFiles> ForgetAsync(ReadRequest request, string before, CancellationToken cancellationToken) =>
        new FolderSource(_folder, _finished, _files, _time).ForgetAsync(request, before, cancellationToken);

    public Task<SeenFile?> FindNewestAsync(CancellationToken cancellationToken) =>
        new FolderSource(_folder, _finished, _files, _time).FindNewestAsync(cancellationToken);
}
