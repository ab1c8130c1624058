using System.Text;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A folder in memory: thousands of tellings leave nothing on the disk.</summary>
internal sealed class MemoryFolder : IFileFolder
{
    private readonly Dictionary<string, (byte[] Content, DateTimeOffset ModifiedAt)> _files = [];

    public string Description => "memory";

    public IEnumerable<string> Names => _files.Keys;

    public void Write(string name, string text, DateTimeOffset at) => Write(name, Encoding.UTF8.GetBytes(text), at);

    public void Write(string name, byte[] content, DateTimeOffset at) => _files[name] = (content, at);

    public bool Remove(string name) => _files.Remove(name);

    public string Text(string name) => Encoding.UTF8.GetString(_files[name].Content);

    public ValueTask<IReadOnlyList<FileEntry>> ListAsync(CancellationToken cancellationToken) => new([.. _files.Keys.Select(Entry)]);

    public ValueTask<FileEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        new(_files.ContainsKey(name) ? Entry(name) : null);

    public ValueTask<string?> FingerprintAsync(FileEntry file, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(_files[file.Name].Content);
        return new(FileFingerprint.Compute(content));
    }

    public ValueTask<Stream?> OpenAsync(FileEntry file, CancellationToken cancellationToken) =>
        new(new MemoryStream(_files[file.Name].Content, writable: false));

    private FileEntry Entry(string name) => new(name, _files[name].Content.Length, _files[name].ModifiedAt);
}
