using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>The same on disk and in a bucket.</summary>
public abstract class CsvHeaderTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    [Theory]
    [InlineData(" Straße ,id\nx,1\n", "STRAßE")]
    [InlineData("\"Straße\",id\nx,1\n", " straße")]
    [InlineData("Cafe\u0301,id\nx,1\n", "café")]
    [InlineData("id,Café\n1,x\n", "CAFE\u0301")]
    [InlineData("other,,id,the name,,\na,b,1,x,,\n", "the name")]
    [InlineData("\uFEFF\uFEFFthe name,id\nx,1\n", "the name")]
    [InlineData("the\u00A0\u2003 name\u200B,id\nx,1\n", "The Name")]
    [InlineData("\"the\r\nname\",id\r\nx,1\r\n", "the name")]
    [InlineData("the name,id\nx,1\n", "the\u00A0name")]
    public async Task Column_names_are_compared_without_case_kinds_of_blanks_and_unicode_form(string text, string column)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var reading = await Folder.ReadAsync(columns: [column, "id"]);
        // Then
        Assert.Equal(["x", "1"], Assert.Single(reading.Rows));
    }

    [Fact]
    public async Task Values_stand_in_the_order_of_the_request()
    {
        // Given
        Folder.With("a.csv", "a,b,c\n1,2,3\n");
        // When
        var reading = await Folder.ReadAsync(columns: ["c", "a", "c"]);
        // Then
        Assert.Equal(["3", "1", "3"], Assert.Single(reading.Rows));
    }

    [Theory]
    [InlineData("id,emial\n1,x\n", "a.csv has no column \"email\" (did you mean \"emial\"?); its columns are \"id\", \"emial\"")]
    [InlineData(
        "id,city\n1,x\n",
        "a.csv has no column \"email\"; its columns are \"id\", \"city\". Correct the column's name in the job file, or correct the file "
            + "or move it out of the folder: until then"
    )]
    public async Task A_missing_column_is_named_with_those_that_are_there(string text, string message)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var refusal = await Folder.RefusalAsync(columns: ["id", "email"]);
        // Then
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_delimiter_shows_in_the_number_of_cells()
    {
        // Given
        Folder.With("a.csv", "id~email\n1~x\n");
        // When
        var refusal = await Folder.RefusalAsync(columns: ["id", "email"]);
        // Then
        Assert.Contains("and this one has 1 cell: check the delimiter too", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("17,jo@example.org,Jo Doe\n18,b@example.org,Bo Roe\n")]
    [InlineData("17,Jo Doe,Jo Doe\n")]
    public async Task A_file_without_header_does_not_leak_its_first_row(string text)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var refusal = await Folder.RefusalAsync(columns: ["id", "email"]);
        // Then
        Assert.Contains("a.csv has", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Doe", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("example", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,Mail,x, MAIL\n")]
    [InlineData("id,Mail,x,Mail\n1,a,b,c\n")]
    public async Task Two_columns_of_one_name_that_the_job_needs_are_refused_with_their_positions(string text)
    {
        // Given
        Folder.With("a.csv", text);
        // When
        var refusal = await Folder.RefusalAsync(columns: ["id", "mail"]);
        // Then
        Assert.StartsWith(
            "a.csv has the same name (\"Mail\") over the columns 2 and 4, and the job needs it; each needs its own",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_columns_of_one_name_that_nobody_needs_are_told()
    {
        // Given
        Folder.With("a.csv", "id,Mail,x,MAIL,Note,note\n1,a,b,c,d,e\n");
        // When
        var reading = await Folder.ReadAsync(columns: ["id", "x"]);
        // Then
        Assert.Equal(["1", "b"], Assert.Single(reading.Rows));
        Assert.Equal(
            ["a.csv line 1: several columns have the same name (\"Mail\", \"Note\"); the job needs none of them"],
            reading.Notices);
    }

    [Theory]
    [InlineData("id;email\n1;x\n", "set \"delimiter\": \";\"")]
    [InlineData("\"id\"\t\"email\"\n1\tx\n", "set \"delimiter\": \"tab\"")]
    [InlineData("id|name|email\n", "set \"delimiter\": \"|\"")]
    [InlineData("id;mail\n1;x\n", "set \"delimiter\": \";\"")]
    [InlineData("nr;mail\n1;x\n", "and this one has 1 cell, and \";\" in it: check the delimiter too")]
    [InlineData("'id','email'\n'1','x'\n", "has ' around its columns' names; set \"quote\" to that sign")]
    [InlineData("id,e\u00ADmail,x\u200E\n1,x,\n", "its columns are \"id\", \"e<U+00AD>mail\", \"x\"")]
    [InlineData("Report\n2026-01-02\n\nid,email\n1,x\n", "a.csv has its header in line 4; set \"headerRow\": 4")]
    [InlineData("Report,,\n,,\n\"a\nb\",,\nid,email,x\n1,x,y\n", "a.csv has its header in line 5; set \"headerRow\": 5")]
    [InlineData("id,e\u00ADmail\n1,x\n", "has no column \"email\" (did you mean \"e<U+00AD>mail\"?)")]
    [InlineData("PK\u0003\u0004,x\n", "a.csv is no CSV but a zip archive")]
    [InlineData("PK\u0003\u0004..[Content_Types].xml", "a.csv is no CSV but an Excel workbook")]
    [InlineData("%PDF-1.7\n", "a.csv is no CSV but a PDF document")]
    [InlineData("PAR1\u0015\u0004\n", "a.csv is no CSV but a Parquet file")]
    [InlineData("[\n  {\"id\": 1}\n]", "a.csv is no CSV but JSON")]
    [InlineData("{\"id\":\"1\",\"email\":\"x\"}\n", "a.csv is no CSV but JSON")]
    [InlineData("<!DOCTYPE html><html>\n", "a.csv is no CSV but a web page")]
    public async Task What_stands_where_the_header_should_be_is_named_with_the_remedy(string text, string message)
    {
        // Given
        Folder.With("a.csv", text).With("b.csv", "id,email\n2,y\n");
        // When
        var refusal = await Folder.RefusalAsync(columns: ["id", "email"]);
        // Then
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_in_gzip_is_named()
    {
        // Given
        Folder.With("a.csv.gz", Drop.Gzip(Drop.Gzip("id\n1\n")));
        // When
        var refusal = await Folder.RefusalAsync();
        // Then
        Assert.StartsWith("a.csv.gz is no CSV but gzip inside gzip; pack it once", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_without_rows_is_a_finished_file_and_is_noticed()
    {
        // Given
        Folder.With("a.csv", "id\n");
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal(["a.csv: the file has a header but no rows"], reading.Notices);
        Assert.Equal(("a.csv", 0), (reading.End.LastFileName, reading.End.LastFileRecords));
    }
}
