using System.Text;
using CsCheck;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.JsonLines;

/// <summary>Lines, encodings and files that are something else.</summary>
public sealed class JsonLinesTextTests : IDisposable
{
    private const string Wait = ". Correct the file or move it out of the folder: until then it and the files after it wait";

    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Blank_lines_are_left_out_and_lines_are_counted_as_an_editor_does()
    {
        _folder.With("a.jsonl", "\uFEFF{\"id\":\"1\"}\r\n\r\n  \n \t{\"id\":\"2\"} \n\n{\"id\":\"3\"}");

        var reading = await _folder.ReadJsonAsync();

        Assert.Equal(["a.jsonl line 1='1'", "a.jsonl line 4='2'", "a.jsonl line 6='3'"], reading.Items.Shown());
        Assert.Equal(3, reading.End.LastFileRecords);
    }

    [Fact]
    public async Task Gzip_and_utf_16_are_recognised_by_their_bytes()
    {
        _folder
            .With("a.jsonl", Drop.Gzip("{\"id\":\"1\"}\n"))
            .With("b.jsonl", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"id\":\"ä\"}\n")]);

        Assert.Equal(["1", "ä"], (await _folder.ReadJsonAsync()).Ids);
    }

    [Fact]
    public async Task A_line_that_is_too_long_costs_itself_alone()
    {
        _folder.With(
            "a.jsonl",
            $"{{\"id\":\"1\"}}\n{{\"id\":\"{new string('x', 3_000_000)}\"}}\n{{\"id\":\"{new string('y', 40_000)}\"}}\n{{\"id\":\"2\"}}\n");

        var reading = await _folder.ReadJsonAsync();

        Assert.Equal(["1", "2"], reading.Ids);
        Assert.Equal(
            [("a.jsonl line 2", "line-too-long"), ("a.jsonl line 3", "cell-too-long")],
            reading.Unreadable.Select(item => (item.Location.ToString(), item.Code)));
    }

    [Theory]
    [InlineData("S,N")]
    [InlineData("\u001e{\"id\":\"0\"}")]
    public async Task A_first_line_that_is_no_JSON_costs_itself_alone(string line)
    {
        _folder.With("a.jsonl", $"{line}\n{{\"id\":\"1\"}}\n");

        var reading = await _folder.ReadJsonAsync();

        Assert.Equal(["1"], reading.Ids);
        Assert.Equal(["a.jsonl line 1"], reading.Unreadable.Select(item => item.Location.ToString()));
        Assert.Equal(2, reading.End.LastFileRecords);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_cost_their_line_and_many_such_lines_the_file()
    {
        byte[] line = [.. "{\"id\":\""u8, 0xE4, .. "\"}\n"u8];
        _folder.With("a.jsonl", [.. "{\"id\":\"1\"}\n"u8, .. line, .. "{\"id\":\"2\"}\n"u8]);

        var one = await _folder.ReadJsonAsync();

        Assert.Equal(["1", "2"], one.Ids);
        Assert.Equal("invalid-text", Assert.Single(one.Unreadable).Code);
        await RefusesAsync(
            [.. line, .. line, .. line],
            "a.jsonl line 1 and 2 other lines have bytes that are no UTF-8, which JSON is written in; write the file so" + Wait);
    }

    [Theory]
    [InlineData(
        "[{\"id\":1},\n{\"id\":2}]",
        "is one JSON list and no JSON lines; write each object into a line of its own, as \"jq -c '.[]'\" does"
    )]
    [InlineData("{\n  \"id\": 1\n}\n", "has objects over several lines; write each object into a line of its own, as \"jq -c .\" does")]
    [InlineData("<html><body>Sign in", "is no JSON lines but a web page, perhaps an error page or a sign-in page; fetch it again")]
    [InlineData("{\"id\":1}\n{\"id\":", " line 2 is the last one and breaks off within its object: the file was cut")]
    [InlineData(
        "{\"id\":1}\n\0\0\0\0\n{\"id\":1}\n",
        " line 2 has a hole of NULs, as in a file of which a part was never written: rows are missing; fetch the file again"
    )]
    public async Task What_is_no_whole_file_of_json_lines_is_told_in_one_sentence(string content, string problem) =>
        await RefusesAsync(Encoding.UTF8.GetBytes(content), $"a.jsonl{(problem[0] == ' ' ? "" : " ")}{problem}{Wait}");

    [Fact]
    public async Task Packed_bytes_that_were_cut_are_refused()
    {
        _folder.With("a.jsonl.gz", Drop.Gzip(string.Concat(Enumerable.Range(0, 500).Select(id => $"{{\"id\":\"{id}\"}}\n")))[..^9]);

        Assert.EndsWith(Wait, (await _folder.RefusalAsync(new JsonLinesFormat())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_that_no_object_has_is_told_with_the_one_that_may_be_meant()
    {
        _folder.With("a.jsonl", "{\"id\":\"1\",\"Name\":\"x\"}\n{\"id\":\"2\"}\n");

        var reading = await _folder.ReadJsonAsync(columns: ["id", "name", "address.city"]);

        Assert.Equal(["1", "2"], reading.Ids);
        Assert.Equal(
            ["a.jsonl: no object of this file has \"name\" (did you mean \"Name\"?), nor \"address.city\"; they count as empty. "
                + "Names are compared exactly, upper and lower case too"],
            reading.Notices);
    }

    [Fact]
    public async Task A_file_of_blank_lines_has_no_rows()
    {
        _folder.With("a.jsonl", "\n\n");

        Assert.Equal(["a.jsonl: the file has no rows"], (await _folder.ReadJsonAsync()).Notices);
    }

    /// <summary>A failure prints its seed.</summary>
    [Fact]
    public async Task What_a_serializer_wrote_is_what_is_read()
    {
        var text = Gen.OneOf<string>(
            Gen.OneOf("", " ", "\"", "\\", "\r\n", "\u2028", "{", "}\n{", "ä€𝄞"),
            Gen.String[Gen.Char["ab \"{}[],:\\\r\n\té€"], 0, 60]);
        await Gen.Select(text.Array[0, 40], Gen.OneOf("\n", "\r\n", "\n\n"), Gen.Bool, Gen.Bool)
            .SampleAsync(
                async (texts, lineEnd, endsWithLine, isPacked) =>
                {
                    // Given
                    using DropFolder folder = new();
                    var lines =
                        string.Join(
                            lineEnd,
                            texts.Select(one => System.Text.Json.JsonSerializer.Serialize(new { deep = new { id = one } }))
                        ) + (endsWithLine ? lineEnd : "");
                    folder.With("a.jsonl", isPacked ? Drop.Gzip(lines) : Encoding.UTF8.GetBytes(lines));
                    // When
                    var reading = await folder.ReadJsonAsync(columns: ["deep.id"]);
                    // Then
                    Assert.Equal(texts, reading.Ids);
                },
                iter: 300,
                threads: 1);
    }

    private async Task RefusesAsync(byte[] content, string sentence)
    {
        _folder.With("a.jsonl", content);

        Assert.Equal(sentence, (await _folder.RefusalAsync(new JsonLinesFormat())).Message);
    }
}
