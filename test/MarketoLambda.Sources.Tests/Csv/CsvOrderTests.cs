using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>The same on disk and in a bucket.</summary>
public abstract class CsvOrderTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    [Fact]
    public async Task Files_are_read_in_ordinal_order_of_their_names()
    {
        // Given
        Folder.With("b.csv", "id\n3\n").With("a.csv", "id\n1\n2\n").With("B.csv", "id\n0\n");
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal(["0", "1", "2", "3"], reading.Ids);
        Assert.Equal(
            ["B.csv line 2", "a.csv line 2", "a.csv line 3", "b.csv line 2"],
            reading.Items.Select(item => item.Location.ToString()));
    }

    [Theory]
    [InlineData("*.csv*", "ORDERS.CSV", true)]
    [InlineData("*.csv*", "orders.csv.gz", true)]
    [InlineData("*.csv*", "orders.csv~", false)]
    [InlineData("*.csv*", "orders.csv.BAK", false)]
    [InlineData("*.csv*", "~$orders.csv", false)]
    [InlineData("*.csv~", "orders.csv~", true)]
    [InlineData("orders.csv.bak", "orders.csv.bak", true)]
    [InlineData("~$*", "~$orders.csv", true)]
    [InlineData("*.bak", "#orders.bak", false)]
    [InlineData("*.csv*", "orders.txt", false)]
    [InlineData("orders-*.csv", "Orders-1.csv", true)]
    [InlineData("orders-?.csv", "orders-12.csv", false)]
    [InlineData("*", ".hidden.csv", false)]
    [InlineData("*", "orders.csv.filepart", false)]
    [InlineData("*", "orders.csv.TMP", false)]
    [InlineData("*", "orders.csv.part", false)]
    [InlineData("*", "orders.csv.incomplete", false)]
    [InlineData("*", "orders.csv.crdownload", false)]
    public async Task Only_finished_names_that_match_the_pattern_are_read(string pattern, string name, bool isRead)
    {
        // Given
        Folder.With(name, "id\n1\n");
        // When
        var reading = await Folder.ReadAsync(options: Drop.Options with { Patterns = [pattern] });
        // Then
        Assert.Equal(isRead ? ["1"] : [], reading.Ids);
        Assert.Equal(isRead ? [] : [SourceNotice.NoFileFits], reading.Items.OfType<SourceNotice>().Select(notice => notice.Code));
    }

    [Theory]
    [InlineData("orders.csv~")]
    [InlineData("orders.csv.~1~")]
    [InlineData("orders.csv.bak")]
    [InlineData("orders.csv.orig")]
    [InlineData("orders.csv.old")]
    [InlineData("orders.csv.md5")]
    [InlineData("orders.csv.sha256")]
    [InlineData("orders.csv.gz.md5")]
    [InlineData("orders.csv.swp")]
    [InlineData("orders.csv.1")]
    [InlineData("orders.csv.xlsx")]
    [InlineData("~$orders.csv")]
    [InlineData("#orders.csv#")]
    [InlineData(".#orders.csv")]
    public async Task What_an_editor_or_a_transfer_leaves_beside_a_file_is_not_read(string beside)
    {
        // Given
        Folder.With("orders.csv", "id\n1\n").With("orders.csv.gz", "id\n2\n").With(beside, "id\nold\n");
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
        Assert.Empty(reading.Notices);
    }

    [Fact]
    public async Task Folders_inside_the_folder_are_not_read()
    {
        // Given
        Folder.With("old.csv/a.csv", "id\n1\n");
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Empty(reading.Ids);
        Assert.Equal("no-files", Assert.IsType<SourceNotice>(Assert.Single(reading.Items)).Code);
    }

    [Fact]
    public async Task An_empty_folder_leaves_the_position_as_it_is()
    {
        // Given
        var from = Checkpoint.Start with { Mark = Drop.Noon, LastFileName = "a.csv", LastFileRecords = 7 };
        // When
        var reading = await Folder.ReadAsync(from);
        // Then
        Assert.Same(from, reading.End);
        Assert.Equal(1, reading.Progress.Fraction);
    }

    [Fact]
    public async Task Nothing_new_leaves_the_position_as_it_is()
    {
        // Given
        Folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n");
        var first = await Folder.ReadAsync();
        Folder.Clock.Advance(TimeSpan.FromHours(1));
        // When
        var second = await Folder.ReadAsync(first.End);
        // Then
        Assert.Empty(second.Items);
        Assert.Same(first.End, second.End);
    }

    [Fact]
    public async Task Progress_grows_from_0_to_1()
    {
        // Given
        Folder.With("a.csv", "id\n1\n2\n").With("b.csv", "id\n3\n4\n");
        await using var reader = await Folder.OpenAsync();
        List<double?> fractions = [reader.Progress.Fraction];
        // When
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is not null)
        {
            fractions.Add(reader.Progress.Fraction);
        }

        // Then
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], fractions);
    }

    [Fact]
    public async Task A_cancelled_run_stops_before_the_next_file()
    {
        // Given
        Folder.With("a.csv", "id\n1\n");
        await using var reader = await Folder.OpenAsync();
        // When
        var read = () => reader.ReadAsync(new CancellationToken(canceled: true)).AsTask();
        // Then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(read);
    }
}
