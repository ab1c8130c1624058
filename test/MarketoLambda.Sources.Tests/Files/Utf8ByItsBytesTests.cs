using System.Text;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>The job file says windows-1252, and the file is utf-8, or could be.</summary>
public sealed class Utf8ByItsBytesTests : IDisposable
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;

    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    public async Task A_utf_8_file_that_would_be_read_in_single_bytes_is_refused(string name)
    {
        // Given
        var bytes = Encoding.UTF8.GetBytes("id,name\n1,ä€\n");
        _folder.With(name, Packed(name, bytes));
        await using var reader = await _folder.OpenAsync(options: Drop.Options with { Encoding = Windows }, columns: ["name"]);
        // When
        var failure = await Assert.ThrowsAsync<SourceException>(() => Reading.OfAsync(reader));
        // Then
        Assert.Contains(
            "is utf-8 by its bytes, but \"encoding\" in the job file says windows-1252",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "id,name\n1,ä€\n")]
    [InlineData("a.csv.gz", "id,name\n1,ä€\n")]
    [InlineData("a.csv", "id,name\n1,Ã¤\n2,ä\n")]
    [InlineData("a.csv.gz", "id,name\n1,Ã¤\n2,ä\n")]
    [InlineData("a.csv", "id,name\n1,plain\n")]
    [InlineData("a.csv.gz", "id,name\n1,plain\n")]
    public async Task A_file_that_need_not_be_utf_8_is_read_in_single_bytes(string name, string text)
    {
        // Given
        var bytes = Windows.GetBytes(text);
        _folder.With(name, Packed(name, bytes));
        await using var reader = await _folder.OpenAsync(options: Drop.Options with { Encoding = Windows }, columns: ["id", "name"]);
        // When
        var reading = await Reading.OfAsync(reader);
        // Then
        Assert.Equal(text, "id,name\n" + string.Concat(reading.Rows.Select(row => string.Join(',', row) + "\n")));
    }

    [Theory]
    [InlineData("id,name\n1,ä€\n")]
    [InlineData("id,name\n1,Ã¤\n2,ä\n")]
    [InlineData("id,name\n1,plain\n")]
    public async Task A_mark_of_utf_8_outweighs_the_encoding_of_the_job_file(string text)
    {
        // Given
        _folder.With("a.csv", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
        await using var reader = await _folder.OpenAsync(options: Drop.Options with { Encoding = Windows }, columns: ["id", "name"]);
        // When
        var reading = await Reading.OfAsync(reader);
        // Then
        Assert.Equal(text, "id,name\n" + string.Concat(reading.Rows.Select(row => string.Join(',', row) + "\n")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Where_the_blocks_of_reading_end_makes_no_utf_8_file_another(int shift)
    {
        // Given: letters of two bytes at every place of a block's end
        var text = $"id,name\n1,{new string('x', shift)}\n" + string.Concat(Enumerable.Repeat($"2,{new string('ü', 100)}\n", 1000));
        _folder.With("a.csv", Encoding.UTF8.GetBytes(text));
        // When
        await using var reader = await _folder.OpenAsync(options: Drop.Options with { Encoding = Windows }, columns: ["name"]);
        // Then
        Assert.Contains(
            "utf-8 by its bytes",
            (await Assert.ThrowsAsync<SourceException>(() => Reading.OfAsync(reader))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_ends_with_the_beginning_of_a_letter_of_utf_8_is_none()
    {
        // Given
        _folder.With("a.csv", Windows.GetBytes("id,name\n1,Ã¼\n2,Andrà"));
        // When
        await using var reader = await _folder.OpenAsync(options: Drop.Options with { Encoding = Windows }, columns: ["name"]);
        // Then
        Assert.Equal([["Ã¼"], ["Andrà"]], (await Reading.OfAsync(reader)).Rows);
    }

    private static byte[] Packed(string name, byte[] bytes) => name.EndsWith(".gz", StringComparison.Ordinal) ? Drop.Gzip(bytes) : bytes;
}
