using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A local folder in which another process does something at a chosen moment.</summary>
internal sealed class RestlessFolder(string path) : IFileFolder
{
    private readonly LocalFolder _folder = new(path);

    public Action<string> OnListed { get; init; } = _ => { };

    public Action<string> OnFound { get; init; } = _ => { };

    public Action<string> OnFingerprinted { get; init; } = _ => { };

    public Func<Stream, Stream> OnOpened { get; init; } = content => content;

    public string Description => _folder.Description;

    public async ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var files = await _folder.ListAsync(cancellationToken);
        OnListed(path);
        return files;
    }

    public async ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var file = await _folder.FindAsync(name, cancellationToken);
        OnFound(Path.Combine(path, name));
        return file;
    }

    public async ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken)
    {
        var print = await _folder.FingerprintAsync(file, cancellationToken);
        OnFingerprinted(Path.Combine(path, file.Name));
        return print;
    }

    public async ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken) =>
        await _folder.OpenAsync(file, cancellationToken) is { } content ? OnOpened(content) : null;
}
