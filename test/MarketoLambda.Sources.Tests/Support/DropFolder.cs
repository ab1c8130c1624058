using System.IO.Compression;
using System.Text;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A real folder of this test alone, a clock that stands still, and short ways to read it.</summary>
internal sealed class DropFolder : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public DropFolder() => Path = Directory.CreateTempSubdirectory("csv-source-").FullName;

    public string Path { get; }

    public FakeTimeProvider Clock { get; } = new(Noon);

    public CsvFolderOptions Options => new() { Folder = Path };

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Writes a file that was last changed an hour before noon.</summary>
    public DropFolder With(string name, string text) => With(name, Encoding.UTF8.GetBytes(text));

    public DropFolder With(string name, byte[] bytes, TimeSpan? age = null)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, (Clock.GetUtcNow() - (age ?? TimeSpan.FromHours(1))).UtcDateTime);
        return this;
    }

    public DropFolder With(string name, string text, TimeSpan age) => With(name, Encoding.UTF8.GetBytes(text), age);

    public DropFolder Without(string name)
    {
        File.Delete(System.IO.Path.Combine(Path, name));
        return this;
    }

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public Task<ISourceReader> OpenAsync(
        Checkpoint? from = null, int capacity = Reading.Roomy, CsvFolderOptions? options = null, params string[] columns) =>
        new CsvFolderSource(options ?? Options, Clock).OpenAsync(
            new ReadRequest(from ?? Checkpoint.Start, columns.Length == 0 ? ["id"] : columns, capacity), TestContext.Current.CancellationToken);

    public async Task<Reading> ReadAsync(
        Checkpoint? from = null, int capacity = Reading.Roomy, CsvFolderOptions? options = null, params string[] columns)
    {
        await using var reader = await OpenAsync(from, capacity, options, columns);
        return await Reading.OfAsync(reader);
    }

    public Task<SourceException> RefusalAsync(Checkpoint? from = null, CsvFolderOptions? options = null, params string[] columns) =>
        Assert.ThrowsAsync<SourceException>(() => ReadAsync(from, Reading.Roomy, options, columns));
}
