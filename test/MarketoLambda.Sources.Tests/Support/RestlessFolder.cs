using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A folder in which another process does something at a chosen moment.</summary>
internal sealed class RestlessFolder(IFileFolder folder) : IFileFolder
{
    public Action<string> OnListed { get; init; } = _ => { };

    public Action<string> OnFound { get; init; } = _ => { };

    public Action<string> OnFingerprinted { get; init; } = _ => { };

    public Func<Stream, Stream> OnOpened { get; init; } = content => content;

    public TimeSpan ClockAhead { get; init; }

    public string Description => folder.Description;

    public async ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var files = await folder.ListAsync(cancellationToken);
        OnListed("");
        return files;
    }

    public async ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var file = await folder.FindAsync(name, cancellationToken);
        OnFound(name);
        return file;
    }

    public async ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken)
    {
        var print = await folder.FingerprintAsync(file, cancellationToken);
        OnFingerprinted(file.Name);
        return print;
    }

    public async ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken) =>
        await folder.OpenAsync(file, cancellationToken) is { } content ? OnOpened(content) : null;
}
