using System.Text;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

public sealed class FileTextTests : IDisposable
{
    private const string Text = "id,name\n1,ä€𝄞\n";

    private readonly DropFolder _folder = new();

    public static TheoryData<string, bool> MarkedEncodings { get; } =
        new(
            from name in new[] { "utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE" }
            from isPacked in new[] { false, true }
            select (name, isPacked));

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
    [InlineData("utf-16", "id,name\r\n1,Привет\r\n", "Привет")]
    [InlineData("utf-16", "id,name\n1,Łan\n", "Łan")]
    [InlineData("utf-16BE", "id,name\n1,日本\n", "日本")]
    [InlineData("utf-16", "имя,name,id\nя,я,1\n", "я")]
    [InlineData("utf-16BE", "id,name\r1,x\r", "x")]
    public async Task Utf_16_without_a_mark_is_recognised(string name, string text, string cell)
    {
        // Given
        var bytes = Encoding.GetEncoding(name).GetBytes(text);
        _folder.With("a.csv", bytes).With("b.csv.gz", Drop.Gzip(bytes));
        // When
        var reading = await _folder.ReadAsync(columns: ["name"]);
        // Then
        Assert.Equal([cell, cell], reading.Ids);
        Assert.Empty(reading.Notices);
    }

    [Theory]
    [InlineData("utf-8", "a\0b", "has a NUL, which no text holds")]
    [InlineData("utf-8", "a\u0002b", "has the control character U+0002, which no text holds")]
    [InlineData("utf-8", "\u007F", "has the control character U+007F, which no text holds")]
    [InlineData("utf-8", "a\u0081b", "has the control character U+0081, which no text holds")]
    [InlineData("utf-8", "\uE000", "has the character U+E000, which means nothing")]
    [InlineData("utf-8", "\uFDD0", "has the character U+FDD0, which means nothing")]
    [InlineData("utf-8", "\uFFFE", "has the character U+FFFE, which means nothing")]
    [InlineData("utf-8", "\U0001FFFE", "has the character U+1FFFE, which means nothing")]
    [InlineData("utf-8", "\U000F0000", "has the character U+F0000, which means nothing")]
    [InlineData("utf-16", "a\u0001b", "has the control character U+0001, which no text holds")]
    [InlineData("windows-1252", "a\u0002b", "has the control character U+0002, which no text holds")]
    public async Task A_row_with_a_character_that_no_text_holds_is_rejected_alone(string name, string cell, string problem)
    {
        // Given
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        _folder.With("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes($"id,name\n1,x\n2,{cell}\n3,y\n")]);
        // When
        var reading = await _folder.ReadAsync(options: Drop.Options with { Encoding = encoding });
        // Then
        Assert.Equal(["1", "3"], reading.Ids);
        var rejected = Assert.Single(reading.Unreadable);
        Assert.Equal(
            ("invalid-text", $"the line {problem}", "a.csv line 3"),
            (rejected.Code, rejected.Reason, rejected.Location.ToString()));
    }

    [Theory]
    [InlineData("\t", "a\tb")]
    [InlineData("𝄞", "𝄞")]
    [InlineData("\uFFFD", "\uFFFD")]
    [InlineData("\u00AD\u200B", "\u00AD\u200B")]
    [InlineData("\uD7FF\uF900\uFDCF\uFDF0", "\uD7FF\uF900\uFDCF\uFDF0")]
    public async Task Rare_characters_that_are_text_are_imported(string cell, string landed)
    {
        // Given
        _folder.With("a.csv", $"id,name\n1,{(cell == "\t" ? "a\tb" : cell)}\n");
        // When
        var reading = await _folder.ReadAsync(columns: ["name"]);
        // Then
        Assert.Equal([landed], reading.Ids);
    }

    [Theory]
    [InlineData("shift_jis", 0xFF, "are no shift_jis text; set \"encoding\" to what the file is written in")]
    [InlineData("euc-kr", 0xFF, "are no euc-kr text")]
    [InlineData("big5", 0xFF, "are no big5 text")]
    [InlineData("gb18030", 0xFF, "are no gb18030 text")]
    [InlineData("euc-jp", 0xFF, "are no euc-jp text")]
    [InlineData("windows-1252", 0x81, "are no windows-1252 text")]
    [InlineData("windows-1253", 0xFF, "are no windows-1253 text")]
    [InlineData("us-ascii", 0xE4, "are no us-ascii text")]
    [InlineData("iso-8859-1", 0x93, "iso-8859-1 does not have; this looks like windows-1252: set \"encoding\" to it")]
    [InlineData("iso-8859-2", 0x8A, "iso-8859-2 does not have; this looks like windows-1250")]
    [InlineData("iso-8859-15", 0x80, "iso-8859-15 does not have; this looks like windows-1252")]
    public async Task Bytes_that_mean_nothing_in_an_older_encoding_show_that_it_is_another_one(string name, byte odd, string problem)
    {
        // Given
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        _folder.With("a.csv", [.. "id,name\n1,x\n2,"u8, odd, .. "y\n"u8]);
        // When
        var refusal = await _folder.RefusalAsync(options: Drop.Options with { Encoding = encoding });
        // Then
        Assert.StartsWith("a.csv line 3 has bytes that ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4096)]
    [InlineData(3_000_000)]
    public async Task A_hole_of_nuls_is_a_part_that_was_never_written(int nuls)
    {
        // Given
        var lines = string.Concat(Enumerable.Range(1, 400).Select(i => $"{i},name\n"));
        _folder.With("a.csv", "id,name\n" + lines + "401,n" + new string('\0', nuls) + "me\n" + lines);
        // When
        var refusal = await _folder.RefusalAsync();
        // Then
        Assert.StartsWith(
            "a.csv line 402 has a hole of NULs, as in a file of which a part was never written: rows are missing; fetch the file again",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_byte_anywhere_costs_its_row_or_the_file_and_is_named_with_its_line()
    {
        // Given
        var valid = Encoding.UTF8.GetBytes("id,name\n1,ä€𝄞\n2,\"x\ny\"\n3,z\n");
        string[] rows = ["1,ä€𝄞", "2,x\ny", "3,z"];
        var refused = 0;
        for (var position = 0; position <= valid.Length; position++)
        {
            _folder.With("a.csv", [.. valid[..position], 0xFF, .. valid[position..]]);
            await using var reader = await _folder.OpenAsync(columns: ["id", "name"]);
            try
            {
                // When
                var reading = await Reading.OfAsync(reader);
                // Then
                var line = 1 + valid.AsSpan(0, position).Count((byte)'\n');
                var rejected = Assert.Single(reading.Unreadable);
                Assert.Equal("the line has bytes that are no utf-8 text", rejected.Reason);
                Assert.Contains(rejected.Location.Row, line == 4 ? [3] : new[] { (long)line });
                Assert.Equal(2, reading.Rows.Length);
                Assert.All(reading.Rows, row => Assert.Contains(string.Join(',', row), rows));
            }
            catch (SourceException refusal)
            {
                refused++;
                Assert.Matches(
                    "a.csv line [1-6] (has bytes that are no utf-8 text; set|ends inside a character|has a quote inside a cell|has a "
                        + "quoted cell that goes on)",
                    refusal.Message);
            }
        }

        Assert.InRange(refused, 9, 14); // in the header, beside a quote around lines, and at the end
    }

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(2, 2, false)]
    [InlineData(3, 2, true)]
    public async Task A_file_of_which_nothing_shows_that_it_is_utf_8_is_refused_whole(int invalid, int valid, bool isRefused)
    {
        // Given
        _folder.With(
            "a.csv",
            [
                .. "id,name\n1,x\n"u8,
                .. Enumerable.Repeat("2,ü\n", valid).SelectMany(Encoding.UTF8.GetBytes),
                .. Enumerable.Repeat("3,ü\n", invalid).SelectMany(Encoding.Latin1.GetBytes),
            ]);
        await using var reader = await _folder.OpenAsync();
        // When
        var failure = await Record.ExceptionAsync(() => Reading.OfAsync(reader));
        // Then
        Assert.Equal(isRefused, failure is SourceException);
        Assert.Contains(
            isRefused ? $"have bytes that are no utf-8 text, and nothing in the file shows that it is utf-8; set \"encoding\"" : "",
            failure?.Message ?? "",
            StringComparison.Ordinal);
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
        Assert.StartsWith(
            $"a.csv line 2 ends inside a character of {encoding.WebName}: the file was cut",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_line_end_that_straddles_the_first_buffer_is_one_line_end(int shift)
    {
        // Given: CR is the last of the first 32 K characters
        var filler = new string('x', (32 * 1024) - "id,\r".Length + shift);
        _folder.With("a.csv", $"id,{filler}\r\n1,a\r\n2,b\r\n" + string.Concat(Enumerable.Repeat("3,cccccccccccccc\r\n", 10)));
        // When
        var reading = await _folder.ReadAsync();
        // Then
        Assert.Equal(12, reading.Ids.Length);
        Assert.Empty(reading.Unreadable);
    }

    [Fact]
    public async Task Invalid_bytes_far_into_a_large_packed_file_cost_their_row()
    {
        // Given
        var rows = Encoding.UTF8.GetBytes("id\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i}\n")));
        _folder.With("a.csv.gz", Drop.Gzip([.. rows, 0xE9, (byte)'\n']));
        // When
        var reading = await _folder.ReadAsync();
        // Then
        Assert.Equal("a.csv.gz line 50002", Assert.Single(reading.Unreadable).Location.ToString());
        Assert.Equal(50_000, reading.Ids.Length);
    }
}
