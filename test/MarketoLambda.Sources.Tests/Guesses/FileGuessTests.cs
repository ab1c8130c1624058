using System.IO.Compression;
using System.Text;
using MarketoLambda.Sources.Guesses;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Guesses;

/// <summary>How a file is written is found in the file.</summary>
public sealed class FileGuessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-test-");

    [Theory]
    [InlineData("A,B\n1,x\n2,y\n", null)]
    [InlineData("A;B\n1,5;2,5\n3,5;4,5\n", "semicolon")]
    [InlineData("A\tB\n1\tx, y\n2\tz\n", "tab")]
    [InlineData("A|B\n1|x\n2|y\n", "pipe")]
    public void The_delimiter_is_the_one_that_cuts_all_rows_alike(string text, string? delimiter)
    {
        // When
        var source = Guess("a.csv", text);

        // Then
        Assert.Equal(delimiter, source.Find("delimiter"));
        Assert.Equal(["A", "B"], source.Columns);
    }

    [Fact]
    public void A_line_that_names_the_delimiter_needs_no_setting()
    {
        // When
        var source = Guess("a.csv", "sep=;\nA;B\n1;x\n");

        // Then
        Assert.Null(source.Find("delimiter"));
        Assert.Equal(["A", "B"], source.Columns);
    }

    [Theory]
    [InlineData("utf-8", null)]
    [InlineData("utf-16", null)]
    [InlineData("windows-1252", "windows-1252")]
    [InlineData("ibm850", "ibm850")]
    public void The_encoding_is_the_one_in_which_letters_are_letters(string encoding, string? setting)
    {
        // Given
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes(
            "Größe,Straße\n1,Müllerstraße\n2,Äußere Bäckergasse\n");

        // When
        var source = Guess("a.csv", bytes);

        // Then
        Assert.Equal(setting, source.Find("encoding"));
    }

    [Fact]
    public void Titles_above_the_header_are_passed_over()
    {
        // When
        var source = Guess("a.csv", "Report of devices\n\nId;Name;Price\n1;Oven;2\n2;TV;3\n");

        // Then
        Assert.Equal(["Id", "Name", "Price"], source.Columns);
        Assert.Equal(3, source.Settings.Single(setting => setting.Name == "headerRow").Value.GetValue<long>());
    }

    [Fact]
    public void A_file_without_a_header_is_refused() =>
        Assert.Contains(
            "no line that could be a header",
            Assert.Throws<SourceException>(() => Guess("a.csv", "1,2.5,a@b.de\n2,3.5,c@d.de\n")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_value_of_json_lines_is_a_column_by_its_path()
    {
        // When
        var source = Guess("a.jsonl", "{\"sn\":\"1\",\"stock\":{\"quantity\":3}}\n{\"sn\":\"2\",\"name\":\"x\"}\n");

        // Then
        Assert.Equal("jsonLines", source.Find("type"));
        Assert.Equal(["sn", "stock.quantity", "name"], source.Columns);
    }

    [Theory]
    [InlineData("products-2026-11-23.csv", "products-*.csv")]
    [InlineData("export_20261123_products.csv", "export_*_products.csv")]
    [InlineData("products.csv", "products.csv")]
    [InlineData("2026.csv", "*.csv")]
    public void Numbers_in_a_name_stand_for_those_of_the_next_files(string name, string pattern) =>
        Assert.Equal(pattern, Guess(name, "A,B\n1,2\n").Find("pattern"));

    [Theory]
    [InlineData("A,B\n3,4\n", "a-*.csv*")]
    [InlineData("C,D\n3,4\n", "a-*.csv")]
    public void Packed_files_beside_it_are_read_too_where_they_have_the_same_columns(string packed, string pattern)
    {
        // Given
        using (GZipStream file = new(File.Create(Path.Combine(_folder.FullName, "a-2.csv.gz")), CompressionMode.Compress))
        {
            file.Write(Encoding.UTF8.GetBytes(packed));
        }

        // When
        var source = Guess("a-1.csv", "A,B\n1,2\n");

        // Then
        Assert.Equal(pattern, source.Find("pattern"));
    }

    [Fact]
    public void A_pattern_that_takes_files_with_other_columns_too_is_not_used()
    {
        // Given
        File.WriteAllText(Path.Combine(_folder.FullName, "a-2.csv"), "C,D\n1,2\n");

        // When
        var source = Guess("a-1.csv", "A,B\n1,2\n");

        // Then
        Assert.Equal("a-1.csv", source.Find("pattern"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private GuessedSource Guess(string name, string text) => Guess(name, Encoding.UTF8.GetBytes(text));

    private GuessedSource Guess(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return FileGuess.FindAsync(path, _folder.FullName, CancellationToken.None).GetAwaiter().GetResult(); // a disk is read at once
    }
}
