using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Tests.JsonLines;

/// <summary>A value is taken as it is written, or its row is rejected.</summary>
public sealed class JsonValueTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"it\":\"text\"", "'text'")]
    [InlineData("\"it\":\" 007 \\n\\u00e4\\ud83d\\ude00\\\"\"", "' 007 \nä😀\"'")]
    [InlineData("\"it\":\"\"", "''")]
    [InlineData("\"it\":null", "nothing")]
    [InlineData("\"other\":1", "nothing")]
    [InlineData("\"it\":true", "True")]
    [InlineData("\"it\":false", "False")]
    [InlineData("\"it\":12.5", "Decimal 12.5")]
    [InlineData("\"it\":1.50", "Decimal 1.50")]
    [InlineData("\"it\":0.1", "Decimal 0.1")]
    [InlineData("\"it\":12345678901234567890123", "Decimal 12345678901234567890123")]
    [InlineData("\"it\":123456789012345678901234567890123", "'123456789012345678901234567890123'")]
    [InlineData("\"it\":0.30000000000000004", "Decimal 0.30000000000000004")]
    [InlineData("\"it\":1e3", "Decimal 1000")]
    [InlineData("\"it\":1.5E-3", "Decimal 0.0015")]
    [InlineData("\"it\":1e400", "'1e400'")]
    [InlineData("\"it\":1e-40", "'1e-40'")]
    public async Task Values_are_taken_as_they_are_written(string member, string expected) =>
        Assert.Equal(expected, await ValueAsync("it", $"{{\"id\":\"1\",{member}}}"));

    [Theory]
    [InlineData("address.city", "{\"address\":{\"city\":\"Bern\"}}", "'Bern'")]
    [InlineData("address.city", "{\"address.city\":\"Bern\",\"address\":{\"city\":\"Basel\"}}", "'Bern'")]
    [InlineData("address.city", "{\"address\":null}", "nothing")]
    [InlineData("address.city", "{\"address\":{}}", "nothing")]
    [InlineData("address.city", "{}", "nothing")]
    [InlineData("tags[1]", "{\"tags\":[\"a\",\"b\"]}", "'b'")]
    [InlineData("tags[2]", "{\"tags\":[\"a\",\"b\"]}", "nothing")]
    [InlineData("items[0].price", "{\"items\":[{\"price\":7}]}", "Decimal 7")]
    [InlineData("grid[0][1]", "{\"grid\":[[1,2]]}", "Decimal 2")]
    [InlineData("a[b", "{\"a[b\":1}", "Decimal 1")]
    public async Task Values_are_found_by_their_path(string column, string line, string expected) =>
        Assert.Equal(expected, await ValueAsync(column, line));

    [Theory]
    [InlineData(
        "address.city",
        "{\"address\":\"Bern\"}",
        "wrong-shape",
        "\"address.city\" leads into a value that is no object and no list"
    )]
    [InlineData("address", "{\"address\":{}}", "wrong-shape", "\"address\" is an object; name one value in it, such as address.name")]
    [InlineData("tags", "{\"tags\":[]}", "wrong-shape", "\"tags\" is a list; name one value in it, such as tags[0]")]
    [InlineData("a", "{\"a\":1,\"a\":2}", "repeated-property", "\"a\" is there twice, and nobody can tell which one holds")]
    [InlineData("a", "[1]", "not-an-object", "the line is no JSON object; each line must hold one")]
    [InlineData("a", "7", "not-an-object", "the line is no JSON object; each line must hold one")]
    [InlineData("a", "{\"a\":1", "not-json", "the line is no whole JSON object; each line must hold one, written as RFC 8259 says")]
    [InlineData("a", "{\"a\":1}{\"a\":2}", "not-json", "the line is no whole JSON object")]
    [InlineData("a", "{\"a\":NaN}", "not-json", "the line is no whole JSON object")]
    [InlineData("a", "{'a':1}", "not-json", "the line is no whole JSON object")]
    [InlineData("a", "{\"a\":1,}", "not-json", "the line is no whole JSON object")]
    [InlineData("a", "{\"a\":\"\0\"}", "invalid-text", "the line has a NUL, which no text holds")]
    public async Task A_line_that_is_no_record_costs_itself_alone(string column, string line, string code, string reason)
    {
        // Given
        _folder.With("a.jsonl", $"{{\"{column}\":\"x\"}}\n{line}\n{{\"{column}\":\"y\"}}\n");
        // When
        var reading = await _folder.ReadJsonAsync(columns: [column]);
        // Then
        Assert.Equal(["x", "y"], reading.Ids);
        var reject = Assert.Single(reading.Unreadable);
        Assert.Equal(("a.jsonl line 2", code), (reject.Location.ToString(), reject.Code));
        Assert.StartsWith(reason, reject.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_half_characters_and_lists_that_no_column_needs_cost_nothing()
    {
        _folder.With("a.jsonl", "{\"id\":\"1\",\"b\":1,\"b\":2,\"c\":\"\\ud83d\",\"\\ud83d\":[]}\n");

        Assert.Equal(["1"], (await _folder.ReadJsonAsync()).Ids);
    }

    [Fact]
    public async Task Half_a_character_or_a_nul_reaches_the_mapping_which_rejects_the_record_by_its_key()
    {
        _folder.With("a.jsonl", "{\"id\":\"1\",\"it\":\"cut \\ud83d\"}\n{\"id\":\"2\",\"it\":\"\\u0000\"}\n");

        var reading = await _folder.ReadJsonAsync(columns: ["id", "it"]);

        Assert.Equal([["1", "cut \ud83d"], ["2", "\0"]], reading.Rows);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", null)]
    [InlineData("1767323045", "unix")]
    public async Task Texts_and_numbers_are_cursors(string at, string? format)
    {
        // Given
        var value = format is null ? $"\"{at}\"" : at;
        _folder.With("a.jsonl", $"{{\"id\":\"1\",\"meta\":{{\"at\":{value}}}}}\n{{\"id\":\"2\",\"meta\":{{\"at\":{{}}}}}}\n");
        var options = KindReading.WithCursor("meta.at") with { CursorFormat = format is null ? null : new TimeFormats([format]) };
        // When
        var reading = await _folder.ReadJsonAsync(options: options);
        // Then
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), reading.End.Mark);
        Assert.Equal("wrong-shape", Assert.Single(reading.Unreadable).Code);
    }

    private async Task<string> ValueAsync(string column, string line)
    {
        _folder.With("a.jsonl", line + "\n");
        var reading = await _folder.ReadJsonAsync(columns: [column]);
        return KindReading.Shown(Assert.Single(reading.Records).Values[0]);
    }
}
