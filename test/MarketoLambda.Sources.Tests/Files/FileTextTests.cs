using System.Text;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Files;

public sealed class FileTextTests : IDisposable
{
    private const string Text = "id,name\n1,ä€𝄞\n";

    private readonly DropFolder _folder = new();

    public static TheoryData<string, bool> MarkedEncodings { get; } =
        new(from name in new[] { "utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE" } from isPacked in new[] { false, true } select (name, isPacked));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(MarkedEncodings))]
    public async Task A_byte_order_mark_decides_whatever_is_configured(string name, bool isPacked)
    {
        // Given
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)];
        _folder.With("a.csv", isPacked ? Drop.Gzip(bytes) : bytes);
        // When
        var reading = await _folder.ReadAsync(options: Drop.Options with { Encoding = Encoding.Latin1 }, columns: ["id", "name"]);
        // Then
        Assert.Equal(["1", "ä€𝄞"], Assert.Single(reading.Rows));
    }

    [Fact]
    public async Task The_configured_encoding_holds_where_there_is_no_mark()
    {
        // Given
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;
        _folder.With("a.csv", encoding.GetBytes("id,name\n1,ä€\n"));
        // When
        var reading = await _folder.ReadAsync(options: Drop.Options with { Encoding = encoding }, columns: ["name"]);
        // Then
        Assert.Equal(["ä€"], reading.Ids);
    }

    [Theory]
    [InlineData("id,name\n1,ä€\n", "utf-8", true)]
    [InlineData("id,name\n1,ä€\n", "windows-1252", false)]
    [InlineData("id,name\n1,Ã¤\n2,ä\n", "windows-1252", false)]
    [InlineData("id,name\n1,plain\n", "utf-8", false)]
    public async Task A_utf_8_file_that_is_read_in_single_bytes_is_told(string text, string written, bool isTold)
    {
        // Given
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;
        var bytes = (written == "utf-8" ? Encoding.UTF8 : encoding).GetBytes(text);
        _folder.With("a.csv", bytes).With("b.csv.gz", Drop.Gzip(bytes)).With("c.csv", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
        // When
        var reading = await _folder.ReadAsync(options: Drop.Options with { Encoding = encoding }, columns: ["name"]);
        // Then
        Assert.Equal(isTold ? ["a.csv", "b.csv.gz"] : [], reading.Items.OfType<MarketoLambda.Sync.Reading.SourceNotice>().Select(notice => notice.Location.Container));
        Assert.All(reading.Notices, notice => Assert.Contains("\"encoding\" in the job file says windows-1252", notice, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invalid_byte_anywhere_is_an_error_that_names_its_line()
    {
        // Given
        var valid = Encoding.UTF8.GetBytes("id,name\n1,ä€𝄞\n2,\"x\ny\"\n");
        for (var position = 0; position <= valid.Length; position++)
        {
            _folder.With("a.csv", [.. valid[..position], 0xFF, .. valid[position..]]);
            // When
            var refusal = await _folder.RefusalAsync(columns: ["id", "name"]);
            // Then
            var line = 1 + valid.AsSpan(0, position).Count((byte)'\n');
            Assert.StartsWith($"a.csv has bytes in line {line} that are no utf-8 text; set \"encoding\"", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-32BE")]
    public async Task A_text_cut_inside_a_character_is_an_error(string name)
    {
        // Given
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("id,name\n1,€")];
        _folder.With("a.csv", bytes[..^1]);
        // When
        var refusal = await _folder.RefusalAsync(columns: ["id", "name"]);
        // Then
        Assert.Contains("that are no utf-8 text", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_line_end_that_straddles_the_first_buffer_is_one_line_end_even_after_a_nul(int shift)
    {
        // Given: CR is the last of the first 32 K characters, one of which is left out
        var filler = new string('x', (32 * 1024) - "id,\0\r".Length + shift);
        _folder.With("a.csv", $"id,\0{filler}\r\n1,a\r\n2,b\r\n" + string.Concat(Enumerable.Repeat("3,cccccccccccccc\r\n", 10)));
        // When
        var reading = await _folder.ReadAsync();
        // Then
        Assert.Equal(12, reading.Ids.Length);
        Assert.Empty(reading.Unreadable);
    }

    [Fact]
    public async Task Invalid_bytes_far_into_a_large_packed_file_are_found_before_its_first_row()
    {
        // Given
        var rows = Encoding.UTF8.GetBytes("id\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i}\n")));
        _folder.With("a.csv.gz", Drop.Gzip([.. rows, 0xE9, (byte)'\n']));
        await using var reader = await _folder.OpenAsync();
        // When
        var refusal = await Assert.ThrowsAsync<Sync.Reading.SourceException>(() => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        // Then
        Assert.Contains("line 50002 ", refusal.Message, StringComparison.Ordinal);
    }
}
