using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Files;

/// <summary>Files of one kind in one place, read in the order of their names, each to its end before the next.</summary>
/// <param name="kind">What they are, for people.</param>
/// <param name="folder">Where they are.</param>
/// <param name="moved">Where finished ones are moved; null where they stay.</param>
/// <param name="options">Which are read, and what is in them.</param>
/// <param name="conventions">How their text is to be understood.</param>
/// <param name="time">The clock.</param>
internal sealed class FilesSource(
    string kind, IFileFolder folder, FinishedFolder? moved, FolderOptions options, SourceConventions conventions, TimeProvider time)
    : IFileSource
{
    public string Description => $"{kind} {options.Selection} in {folder.Description}";

    public bool HasCursor => options.Cursor is not null;

    public bool CountsLines { get; init; }

    public SourceConventions Conventions => conventions;

    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>Files in a folder on this machine.</summary>
    public static FilesSource OnDisk(
        string kind, string folder, CommonOptions options, IFileFormat format, bool countsLines, TimeProvider time) =>
        new(
            kind,
            new LocalFolder(folder),
            options.Files.MoveTo is { } inside ? new FinishedFolder(folder, inside) : null,
            options.With(format),
            options.Conventions,
            time)
        {
            CountsLines = countsLines,
        };

    public bool IsLater(SourcePlace place, SourcePlace than) => FolderSource.IsLater(place, than);

    public PositionText? DescribePosition(Checkpoint position) => HalfReadFile.Describe(position);

    public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
        new FolderSource(folder, moved, options, time).OpenAsync(request, cancellationToken);

    public Task<ForgottenFiles> ForgetAsync(ReadRequest request, string before, CancellationToken cancellationToken) =>
        new FolderSource(folder, moved, options, time).ForgetAsync(request, before, cancellationToken);

    public Task<SeenFile?> FindNewestAsync(CancellationToken cancellationToken) =>
        new FolderSource(folder, moved, options, time).FindNewestAsync(cancellationToken);
}
