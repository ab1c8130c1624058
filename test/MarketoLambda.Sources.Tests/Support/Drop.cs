using System.IO.Compression;
using System.Text;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>A real place for files, of this test alone, a clock that stands still, and short ways to read it.</summary>
public abstract class Drop : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Those of a file on disk: 10 s to settle.</summary>
    public static CsvFolderOptions Options { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Noon);

    /// <summary>What a position has no room for.</summary>
    public MemoryPages History { get; } = new();

    /// <summary>No network: reads complete at once, and thousands of them are nothing.</summary>
    public abstract bool IsQuick { get; }

    internal abstract IFileFolder Files { get; }

    public abstract Drop Without(string name);

    public abstract void Dispose();

    /// <summary>Writes a file that was last changed an hour before noon.</summary>
    public Drop With(string name, string text) => With(name, Encoding.UTF8.GetBytes(text));

    public Drop With(string name, string text, TimeSpan age) => With(name, Encoding.UTF8.GetBytes(text), age);

    public Drop With(string name, byte[] bytes, TimeSpan? age = null)
    {
        Write(name, bytes, Clock.GetUtcNow() - (age ?? TimeSpan.FromHours(1)));
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
        new CsvFolderSource(Files, options ?? Options, Clock).OpenAsync(
            new ReadRequest(from ?? Checkpoint.Start, columns.Length == 0 ? ["id"] : columns, capacity) { History = History },
            TestContext.Current.CancellationToken);

    public async Task<Reading> ReadAsync(
        Checkpoint? from = null, int capacity = Reading.Roomy, CsvFolderOptions? options = null, params string[] columns)
    {
        await using var reader = await OpenAsync(from, capacity, options, columns);
        return await Reading.OfAsync(reader, isQuick: IsQuick);
    }

    public Task<SourceException> RefusalAsync(Checkpoint? from = null, CsvFolderOptions? options = null, params string[] columns) =>
        Assert.ThrowsAsync<SourceException>(() => ReadAsync(from, Reading.Roomy, options, columns));

    protected abstract void Write(string name, byte[] bytes, DateTimeOffset changedAt);
}
