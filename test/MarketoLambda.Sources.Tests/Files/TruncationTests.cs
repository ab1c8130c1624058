using System.Text;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>The same on disk and in a bucket.</summary>
public abstract class TruncationTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    private const string Text = "id,name\n1,ä€\n2,\"b\nb\"\n3,ccc\n";

    [Fact]
    public async Task A_packed_file_cut_anywhere_is_refused_before_its_first_row()
    {
        // Given
        var whole = Drop.Gzip(Text + string.Concat(Enumerable.Range(4, Folder.IsQuick ? 300 : 10).Select(i => $"{i},{i * 7919 % 1000}\n")));
        for (var length = 1; length < whole.Length; length++)
        {
            Folder.With("a.csv.gz", whole[..length]);
            await using var reader = await Folder.OpenAsync(columns: ["id", "name"]);
            // When
            var read = () => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
            // Then
            var refusal = await Assert.ThrowsAsync<SourceException>(read);
            Assert.StartsWith("a.csv.gz is a gzip file that is damaged or was cut", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_damaged_checksum_is_refused(int fromEnd)
    {
        // Given
        var damaged = Drop.Gzip(Text);
        damaged[^fromEnd] ^= 1;
        Folder.With("a.csv.gz", damaged);
        // When
        var refusal = await Folder.RefusalAsync(columns: ["id", "name"]);
        // Then
        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_file_cut_anywhere_gives_rows_of_the_whole_one_except_that_the_last_cell_may_be_shorter()
    {
        // Given
        var whole = Encoding.UTF8.GetBytes(Text);
        string[][] rows = [["1", "ä€"], ["2", "b\nb"], ["3", "ccc"]];
        var refused = 0;
        for (var length = 0; length < whole.Length; length++)
        {
            Folder.With("a.csv", whole[..length]);
            // When
            Reading reading;
            try
            {
                reading = await Folder.ReadAsync(columns: ["id", "name"]);
            }
            catch (SourceException)
            {
                refused++;
                continue;
            }

            // Then
            Assert.Empty(reading.Unreadable);
            for (var i = 0; i < reading.Rows.Length; i++)
            {
                Assert.Equal(rows[i][0], reading.Rows[i][0]);
                Assert.StartsWith(reading.Rows[i][1], rows[i][1], StringComparison.Ordinal);
                Assert.True(i == reading.Rows.Length - 1 || reading.Rows[i][1] == rows[i][1]);
            }
        }

        Assert.Equal(16, refused); // the others end with a row, or inside a last cell, or have no byte at all
    }

    [Fact]
    public async Task A_last_row_that_lacks_cells_and_its_line_end_was_cut()
    {
        // Given
        Folder.With("a.csv", "id,name,city\n1,a,b\n2,a");
        // When
        var refusal = await Folder.RefusalAsync();
        // Then
        Assert.StartsWith(
            "a.csv line 3 is the last one and breaks off after 2 of 3 cells: the file was cut",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packed_content_is_recognised_whatever_its_name()
    {
        // Given
        Folder.With("a.csv", Drop.Gzip("id\n1\n")).With("b.csv.gz", "id\n2\n");
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
    }

    [Fact]
    public async Task Several_packed_parts_in_a_row_are_one_text()
    {
        // Given
        Folder.With("a.csv.gz", [.. Drop.Gzip("id\n1"), .. Drop.Gzip("2\n3\n")]);
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal(["12", "3"], reading.Ids);
    }
}
