using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>The same on disk and in a bucket.</summary>
public abstract class CsvCellTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    [Theory]
    [InlineData("id,name\n1,x\n", "x")]
    [InlineData("id,name\r\n1,x\r\n", "x")]
    [InlineData("id,name\n1,x", "x")]
    [InlineData("id,name\r\n1,x", "x")]
    [InlineData("id,name\n1,\n", "")]
    [InlineData("id,name\n1,", "")]
    [InlineData("id,name\n1,\"\"\n", "")]
    [InlineData("id,name\n1, x \n", " x ")]
    [InlineData("id,name\n1,\" x \"\n", " x ")]
    [InlineData("id,name\n1,\"a,b\"\n", "a,b")]
    [InlineData("id,name\n1,\"a\nb\"\n", "a\nb")]
    [InlineData("id,name\n1,\"a\r\nb\"\n", "a\r\nb")]
    [InlineData("id,name\r\n1,\"a\rb\"\r\n", "a\rb")]
    [InlineData("id,name\n1,\"say \"\"hi\"\"\"\n", "say \"hi\"")]
    [InlineData("id,name\n1,\"\"\"\"\n", "\"")]
    [InlineData("id,name\n1,5\" pipe\n", "5\" pipe")]
    [InlineData("id,name\n1,#x\n", "#x")]
    [InlineData("id,name\n1,ä€𝄞\n", "ä€𝄞")]
    [InlineData("id,name\n1,\"x\" \n", "x")]
    [InlineData("id,name\n1, \"x\"\n", "x")]
    [InlineData("id,name\n1,\t \"a,b\"\t\n", "a,b")]
    [InlineData("id,name\n1,x \"y\"\n", "x \"y\"")]
    [InlineData("id,name\n\uFEFF1,x\n", "x")]
    [InlineData("id,name\n1,\uFEFFx\n", "\uFEFFx")]
    [InlineData("id,name\r1,x\r", "x")]
    [InlineData("id,name\r1,x", "x")]
    [InlineData("id,name\r\r\n1,x\r\r\n", "x")]
    [InlineData("id,name\r\n1,x\r", "x")]
    [InlineData("id,name\r\n1,x\r\n\x1A", "x")]
    [InlineData("id,name\r\n1,x\r\n\x1A\r\n", "x")]
    [InlineData("id,name\r\n1,x\x1A\x1A", "x")]
    [InlineData("id,name\n1,x,\n", "x")]
    [InlineData("id,name\n1,x,,\"\",\n", "x")]
    [InlineData("sep=,\nid,name\n1,x\n", "x")]
    [InlineData("\uFEFFSEP=;\r\nid;name\r\n1;x\r\n", "x")]
    [InlineData("\"sep=|\"\nid|name\n1|x\n", "x")]
    [InlineData(",,\n \n\"\",\nid,name\n1,x\n", "x")]
    public async Task A_cell_is_handed_out_as_it_stands(string text, string cell)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var reading = await Folder.ReadAsync(columns: ["id", "name"]);
        // Then
        Assert.Equal(["1", cell], Assert.Single(reading.Rows));
        Assert.Empty(reading.Notices);
    }

    [Theory]
    [InlineData("id\n\n1\n\r\n\n2\n\n", 3, 6)]
    [InlineData("\n\nid\n1\n2", 4, 5)]
    [InlineData("\r\nid\r\n1\r\n\r\n2\r\n", 3, 5)]
    [InlineData("id\r\r1\r2\r", 3, 4)]
    public async Task Blank_lines_are_no_rows_and_count_as_lines(string text, long first, long second)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
        Assert.Equal([first, second], reading.Items.Select(item => item.Location.Row));
        Assert.Equal(2, reading.End.LastFileRecords);
    }

    [Theory]
    [InlineData(
        "id,name\n1,x\n,\n2,y\n,\n,\n",
        "a.csv line 3: 3 rows of this file have nothing but empty cells, the first here; they are left out"
    )]
    [InlineData(
        "id,name\n1,x\n2,y\n \"\" , ,,,\n",
        "a.csv line 4: 1 row of this file has nothing but empty cells, the first here; they are left out"
    )]
    [InlineData(
        "id,name\n1,x\n2,y\n\"\", ,,,\n",
        "a.csv line 4: 1 row of this file has nothing but empty cells, the first here; they are left out"
    )]
    [InlineData(
        "id,name\n1,x\n   \n2,y\n",
        "a.csv line 3: 1 row of this file has nothing but empty cells, the first here; they are left out"
    )]
    public async Task A_row_of_empty_cells_is_left_out_and_told_once(string text, string notice)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var reading = await Folder.ReadAsync(columns: ["id", "name"]);
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
        Assert.Equal([notice], reading.Notices);
        Assert.Empty(reading.Unreadable);
        Assert.Equal(0, reading.Progress.RecordsSkipped);
    }

    [Fact]
    public async Task Empty_rows_are_no_rows_without_a_cursor_and_are_told_once_over_two_runs()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,2026-02-01\n,\n2,2026-02-02\n,\n");
        var options = Drop.Options with { CursorColumn = "at" };
        await using var reader = await Folder.OpenAsync(options: options);
        var first = await Reading.OfAsync(reader, most: 1);
        // When
        var second = await Folder.ReadAsync(first.End, options: options);
        // Then
        Assert.Equal(["1"], first.Ids);
        Assert.Equal(["2"], second.Ids);
        Assert.Empty(first.Notices);
        Assert.StartsWith(
            "a.csv line 3: 2 rows of this file have nothing but empty cells",
            Assert.Single(second.Notices),
            StringComparison.Ordinal);
        Assert.Equal(("a.csv", 4L), (second.End.LastFileName, second.End.LastFileRecords));
    }

    [Fact]
    public async Task A_quoted_empty_cell_alone_in_its_line_is_a_row()
    {
        // Given
        Folder.With("a.csv", "id\n\"\"\n");
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal([""], reading.Ids);
    }

    [Theory]
    [InlineData("id,name,x\n1,a\n2,b,c\n", 2, 3)]
    [InlineData("id,name\n1,a,b,c\n2,b\n", 4, 2)]
    [InlineData("id,name\nx\n2,b\n", 1, 2)]
    public async Task A_row_with_more_or_fewer_cells_than_the_header_is_rejected_and_the_next_one_read(string text, int cells, int columns)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var reading = await Folder.ReadAsync();
        // Then
        var ragged = Assert.Single(reading.Unreadable);
        Assert.Equal(("a.csv line 2", "ragged-row"), (ragged.Location.ToString(), ragged.Code));
        Assert.Equal($"the row has {cells} cell{(cells == 1 ? "" : "s")}, the header has {columns}", ragged.Reason);
        Assert.Equal(["2"], reading.Ids);
    }

    [Theory]
    [InlineData("id,name\n1,x\n2,\"never\nclosed,\n", "a.csv line 3 has a quoted cell that is never closed")]
    [InlineData("id,name\n1,x\n2,\"", "a.csv line 3 has a quoted cell that is never closed")]
    [InlineData(
        "id,name\n1,\"x\"y\nz\",\n",
        "a.csv line 2 has a quoted cell that goes on after its closing quote, and over the end of its line"
    )]
    [InlineData(
        "id,name\n1,\"a\nb\"c\"\n",
        "a.csv line 2 has a quoted cell that goes on after its closing quote, and over the end of its line"
    )]
    [InlineData(
        "id,name\n1,\"x\"y\"\n2,5\" pipe\n",
        "a.csv line 3 has a quote inside a cell, and a line before it is damaged or misquoted"
    )]
    [InlineData("id,name\n1,\"say \\\"x\\\"\"\n", "a.csv line 2 writes a quote inside quotes with a backslash; set \"escape\": \"\\\\\"")]
    [InlineData("id,\"name\n1,x\n", "a.csv line 1 has a quoted cell that is never closed")]
    [InlineData("id,\"na\"me\"\n1,x\n", "a.csv line 1 is the header and has a quoted cell that goes on after its closing quote")]
    [InlineData("id,na\0me\n1,x\n", "a.csv line 1 is the header and has a NUL, which no text holds")]
    [InlineData("id,name\n1,a\rb\n", "a.csv line 2 ends otherwise than the lines before it")]
    [InlineData("id,name\r1,a\r2,b\n", "a.csv line 3 ends otherwise than the lines before it")]
    [InlineData("name,id\n1,x\nid,name\n2,y\n", "a.csv line 3 is a header again, with its columns in another order")]
    public async Task A_file_that_is_no_csv_is_refused_whole_with_its_line(string text, string message)
    {
        // Given
        Folder.With("a.csv", text);
        await using var reader = await Folder.OpenAsync(columns: ["id", "name"]);
        // When
        var refusal = await Assert.ThrowsAsync<Sync.Sources.SourceException>(() => Reading.OfAsync(reader));
        // Then
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Correct the file or move it out of the folder: until then it and the files after it wait",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Same(Checkpoint.Start, reader.Position);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(20_000)]
    public async Task A_lone_carriage_return_is_refused_wherever_it_stands(int rowsAfter)
    {
        // Given
        Folder.With("a.csv", "id,name\n1,a\rb\n" + string.Concat(Enumerable.Repeat("22222222,cccccccc\n", rowsAfter)));
        // When
        var refusal = await Folder.RefusalAsync();
        // Then
        Assert.Contains("line 2 ends otherwise than the lines before it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_of_32_K_characters_is_read_and_a_longer_one_rejected()
    {
        // Given
        var longest = new string('x', 32 * 1024);
        Folder.With("a.csv", $"id,name\n1,{longest}\n2,{longest}x\n3,\n");
        // When
        var reading = await Folder.ReadAsync(columns: ["id", "name"]);
        // Then
        Assert.Equal(["1", "3"], reading.Ids);
        var rejected = Assert.Single(reading.Unreadable);
        Assert.Equal("cell-too-long", rejected.Code);
        Assert.Equal("\"name\" has 32769 characters, and at most 32768 are read", rejected.Reason);
    }

    [Fact]
    public async Task A_row_of_more_than_1_M_characters_refuses_the_file()
    {
        // Given
        Folder.With("a.csv", $"id,name\n1,a\n2,\"{new string('x', 1024 * 1024)}\n");
        // When
        var refusal = await Folder.RefusalAsync();
        // Then
        Assert.Contains(
            "a.csv line 3 is longer than 1048576 characters; probably a quote in it is never closed",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_second_file_lets_all_of_the_first_be_imported()
    {
        // Given
        Folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n\"3\n").With("c.csv", "id\n4\n");
        await using var reader = await Folder.OpenAsync();
        // When
        var first = await reader.ReadAsync(TestContext.Current.CancellationToken);
        var refusal = () => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        // Then
        Assert.NotNull(first);
        await Assert.ThrowsAsync<Sync.Sources.SourceException>(refusal);
        await Assert.ThrowsAsync<Sync.Sources.SourceException>(refusal);
        Assert.Equal(("a.csv", 1), (reader.Position.LastFileName, reader.Position.LastFileRecords));
    }

    [Theory]
    [InlineData(';', "id;name\n1;a,b\n")]
    [InlineData('\t', "id\tname\n1\ta,b\n")]
    [InlineData('|', "id|name\n1|a,b\n")]
    public async Task The_delimiter_can_be_chosen(char delimiter, string text)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var reading = await Folder.ReadAsync(options: Drop.Options with { Dialect = new() { Delimiter = delimiter } }, columns: ["name"]);
        // Then
        Assert.Equal(["a,b"], reading.Ids);
    }
}
