using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sources.Tests.Csv;

public sealed class CsvOrderTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_are_read_in_ordinal_order_of_their_names()
    {
        // Given
        _folder.With("b.csv", "id\n3\n").With("a.csv", "id\n1\n2\n").With("B.csv", "id\n0\n");
        // When
        var reading = await _folder.ReadAsync();
        // Then
        Assert.Equal(["0", "1", "2", "3"], reading.Ids);
        Assert.Equal(["B.csv row 1", "a.csv row 1", "a.csv row 2", "b.csv row 1"], reading.Items.Select(item => item.Location.ToString()));
    }

    [Theory]
    [InlineData("*.csv*", "ORDERS.CSV", true)]
    [InlineData("*.csv*", "orders.csv.gz", true)]
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
        _folder.With(name, "id\n1\n");
        // When
        var reading = await _folder.ReadAsync(options: _folder.Options with { Pattern = pattern });
        // Then
        Assert.Equal(isRead ? ["1"] : [], reading.Ids);
        Assert.Empty(reading.Notices);
    }

    [Fact]
    public async Task Folders_inside_the_folder_are_not_read()
    {
        // Given
        var inner = Directory.CreateDirectory(Path.Combine(_folder.Path, "old.csv"));
        await File.WriteAllTextAsync(Path.Combine(inner.FullName, "a.csv"), "id\n1\n", TestContext.Current.CancellationToken);
        // When
        var reading = await _folder.ReadAsync();
        // Then
        Assert.Empty(reading.Items);
    }

    [Fact]
    public async Task An_empty_folder_leaves_the_position_as_it_is()
    {
        // Given
        var from = Checkpoint.Start with { Mark = DropFolder.Noon, LastFileName = "a.csv", LastFileRecords = 7 };
        // When
        var reading = await _folder.ReadAsync(from);
        // Then
        Assert.Same(from, reading.End);
        Assert.Equal(1, reading.Progress.Fraction);
    }

    [Fact]
    public async Task Nothing_new_leaves_the_position_as_it_is()
    {
        // Given
        _folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n");
        var first = await _folder.ReadAsync();
        _folder.Clock.Advance(TimeSpan.FromHours(1));
        // When
        var second = await _folder.ReadAsync(first.End);
        // Then
        Assert.Empty(second.Items);
        Assert.Same(first.End, second.End);
    }

    [Fact]
    public async Task A_missing_folder_is_named_with_a_remedy()
    {
        // Given
        var options = _folder.Options with { Folder = Path.Combine(_folder.Path, "nowhere") };
        // When
        var refusal = await _folder.RefusalAsync(options: options);
        // Then
        Assert.Contains("nowhere does not exist; create it, or correct \"folder\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_counts_as_the_file_it_leads_to()
    {
        // Given
        _folder.With("real.txt", "id\n1\n");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "a.csv"), Path.Combine(_folder.Path, "real.txt"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "b.csv"), Path.Combine(_folder.Path, "missing.txt"));
        // When
        var first = await _folder.ReadAsync();
        var second = await _folder.ReadAsync(first.End);
        // Then
        Assert.Equal(["1"], first.Ids);
        Assert.Empty(second.Items);
    }

    [Fact]
    public async Task Progress_grows_from_0_to_1()
    {
        // Given
        _folder.With("a.csv", "id\n1\n2\n").With("b.csv", "id\n3\n4\n");
        await using var reader = await _folder.OpenAsync();
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
        _folder.With("a.csv", "id\n1\n");
        await using var reader = await _folder.OpenAsync();
        // When
        var read = () => reader.ReadAsync(new CancellationToken(canceled: true)).AsTask();
        // Then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(read);
    }

    [Fact]
    public void The_description_names_pattern_and_folder()
    {
        // Given
        var source = new CsvFolderSource(new CsvFolderOptions { Folder = "./drop" }, TimeProvider.System);
        // When
        var description = source.Description;
        // Then
        Assert.Equal("CSV files \"*.csv*\" in ./drop", description);
        Assert.Same(SourceConventions.Invariant, source.Conventions);
    }
}
