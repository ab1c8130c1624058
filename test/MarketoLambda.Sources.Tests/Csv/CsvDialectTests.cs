using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Csv;

public sealed class CsvDialectTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,name\n1,\"5\\\" pipe\"\n", "5\" pipe")]
    [InlineData("id,name\n1,\"a\\\\\"\n", "a\\")]
    [InlineData("id,name\n1,\"say \"\"x\"\"\"\n", "say \"x\"")]
    [InlineData("id,name\n1,a\\,b\n", "a,b")]
    [InlineData("id,name\n1,a\\\nb\n", "a\nb")]
    [InlineData("id,name\r\n1,\"a\\\r\nb\"\r\n", "a\r\nb")]
    [InlineData("id,name\n1,a\\\rb\n", "a\rb")]
    [InlineData("id,name\n1,\\N\n", "\\N")]
    [InlineData("id,name\n1,C:\\temp\n", "C:\\temp")]
    [InlineData("id,name\n1,x\\", "x\\")]
    public async Task A_backslash_takes_the_meaning_of_the_sign_behind_it(string text, string cell)
    {
        // Given
        _folder.With("a.csv", text);
        // When
        var reading = await ReadAsync(new() { Escape = '\\' });
        // Then
        Assert.Equal([cell], reading.Ids);
    }

    [Fact]
    public async Task A_backslash_before_a_line_end_of_two_signs_may_mean_one_or_both()
    {
        // Given
        _folder.With("a.csv", "id,name\r\n1,a\\\r\nb\r\n");
        // When
        var refusal = await _folder.RefusalAsync(options: Drop.Options with { Dialect = new() { Escape = '\\' } });
        // Then
        Assert.StartsWith(
            "a.csv line 2 has the escape before CR and LF, so it cannot be told whether it ends there",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id\tname\n1\t\"Foo\n2\tb\"\n", new[] { "\"Foo", "b\"" })]
    [InlineData("id\tname\n1\t \"x\" y\n", new[] { " \"x\" y" })]
    public async Task Without_quotes_a_quote_is_a_sign_like_others(string text, string[] cells)
    {
        // Given
        _folder.With("a.csv", text);
        // When
        var reading = await ReadAsync(new() { Delimiter = '\t', Quote = null });
        // Then
        Assert.Equal(cells, reading.Ids);
        Assert.Empty(reading.Notices);
    }

    [Fact]
    public async Task Another_quote_leaves_the_usual_one_a_sign_like_others()
    {
        // Given
        _folder.With("a.csv", "id,name\n1,'it''s \"x\", y'\n2,\"z\"\n");
        // When
        var reading = await ReadAsync(new() { Quote = '\'' });
        // Then
        Assert.Equal(["it's \"x\", y", "\"z\""], reading.Ids);
    }

    [Theory]
    [InlineData("# by hand\nid,name\n1,x\n#2,y\n3,#z\n#")]
    [InlineData("id,name\n#\"never closed\n1,x\n3,#z\n#\n")]
    public async Task Comments_are_no_rows(string text)
    {
        // Given
        _folder.With("a.csv", text);
        // When
        var reading = await ReadAsync(new() { Comment = "#" });
        // Then
        Assert.Equal(["x", "#z"], reading.Ids);
        Assert.Equal(2, reading.End.LastFileRecords);
    }

    [Theory]
    [InlineData("Report: \"Products\nRun: today\nid,name\n1,x\n", 2, 4)]
    [InlineData("Report\r\n\r\n,,\r\nid,name\r\n1,x\r\n", 1, 5)]
    [InlineData("a\rb\rid,name\r1,x\r", 2, 4)]
    [InlineData("sep=,\nReport\nid,name\n1,x\n", 2, 4)]
    public async Task Lines_before_the_header_are_passed_over_whatever_stands_in_them(string text, int lines, long line)
    {
        // Given
        _folder.With("a.csv", text);
        // When
        var reading = await ReadAsync(new() { LinesBeforeHeader = lines });
        // Then
        Assert.Equal(["x"], reading.Ids);
        Assert.Equal(line, Assert.Single(reading.Records).Location.Row);
    }

    [Fact]
    public async Task Short_rows_are_filled_where_the_job_says_so()
    {
        // Given
        _folder.With("a.csv", "id,name,x\n1,a,b\n2,c\n3\n4,d,e,f\n5");
        // When
        var reading = await _folder.ReadAsync(
            options: Drop.Options with
            {
                Dialect = new() { FillsShortRows = true },
            },
            columns: ["id", "name", "x"]);
        // Then
        Assert.Equal([["1", "a", "b"], ["2", "c", ""], ["3", "", ""], ["5", "", ""]], reading.Rows);
        Assert.Equal("the row has 4 cells, the header has 3", Assert.Single(reading.Unreadable).Reason);
    }

    [Theory]
    [InlineData("id,name\n1,x\n***END OF FILE***\n")]
    [InlineData("id,name\n1,x\n***end of file*** ")]
    [InlineData("id,name\nTotal,\n1,x\n Total ,1\n-----,-----\n")]
    public async Task Rows_that_the_job_excludes_are_no_records(string text)
    {
        // Given
        _folder.With("a.csv", text);
        // When
        var reading = await ReadAsync(
            new() { Excluded = [new ExcludedRows("ID", ["Total", "***END OF FILE***"]), new ExcludedRows("name", ["-----"])] }
        );
        // Then
        Assert.Equal(["x"], reading.Ids);
        Assert.Single(reading.Items);
    }

    [Theory]
    [InlineData("id,name\n1,x\nid,name\n2,y\nid,name\n")]
    [InlineData("\uFEFFid,name\n1,x\n\uFEFFid,name\n2,y\n\uFEFF\"ID\",\"Name\"")]
    public async Task A_header_in_the_middle_is_left_out_with_one_notice(string text)
    {
        // Given
        _folder.With("a.csv", text);
        // When
        var reading = await ReadAsync(new());
        // Then
        Assert.Equal(["x", "y"], reading.Ids);
        Assert.StartsWith(
            "a.csv line 3: 2 rows of this file have the header's names in them, the first here",
            Assert.Single(reading.Notices),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,name,x\n1,\"a,b\n2,c,d\n3,e\",f\n", true)]
    [InlineData("id,name,x\n1,\"a,b\n3,e\",f\n", true)]
    [InlineData("id,name,x\n1,\"a\nb\",f\n", false)]
    [InlineData("id,name,x\n1,a,\"one,\ntwo, three, and four\"\n", false)]
    public async Task A_quoted_cell_with_lines_that_look_like_rows_is_told(string text, bool isTold)
    {
        // Given
        _folder.With("a.csv", text);
        // When
        var reading = await ReadAsync(new());
        // Then
        Assert.Single(reading.Records);
        Assert.Equal(
            isTold
                ?
                [
                    "a.csv line 2: 1 row of this file has a quoted cell with lines in it that look like rows, the first here; if they are "
                        + "rows, and quotes are part of the text, set \"quote\": \"none\"",
                ]
                : [],
            reading.Notices);
    }

    [Theory]
    [InlineData("id,name,x\n\"1\",\"RUS \"HILL,\"     \",\"x\"\n\"2\",\"ok\",\"y\"\n")]
    [InlineData("id,name,x\n1,\"5\" pipe\",x\n2,ok,y\n")]
    [InlineData("id,name,x\n1,\"\"a\"\",x\n2,\"ok\",y")]
    public async Task A_misquoted_row_is_rejected_alone(string text)
    {
        // Given
        _folder.With("a.csv", text);
        // When
        var reading = await ReadAsync(new());
        // Then
        Assert.Equal(["ok"], reading.Ids);
        Assert.Equal(("misquoted", "a.csv line 2"), (Assert.Single(reading.Unreadable).Code, reading.Unreadable[0].Location.ToString()));
    }

    private Task<Reading> ReadAsync(CsvDialect dialect) =>
        _folder.ReadAsync(options: Drop.Options with { Dialect = dialect }, columns: ["name"]);
}
