using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>The same on disk and in a bucket.</summary>
public abstract class LateFileTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    [Fact]
    public async Task A_late_file_with_a_smaller_name_is_imported_once()
    {
        // Given
        var first = await Folder.With("b.csv", "id\n2\n").ReadAsync();
        Folder.With("a.csv", "id\n1\n").With("c.csv", "id\n3\n");
        // When
        var second = await Folder.ReadAsync(first.End);
        var third = await Folder.ReadAsync(second.End);
        // Then
        Assert.Equal(["1", "3"], second.Ids);
        Assert.Empty(third.Items);
        Assert.Equal("c.csv", second.End.LastFileName);
    }

    [Fact]
    public async Task A_replaced_file_is_imported_again_in_its_order_with_a_notice()
    {
        // Given
        var first = await Folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n").ReadAsync();
        Folder.With("a.csv", "id\n8\n").With("c.csv", "id\n3\n");
        // When
        var second = await Folder.ReadAsync(first.End);
        var third = await Folder.ReadAsync(second.End);
        // Then
        Assert.Equal(["8", "3"], second.Ids);
        Assert.Equal(["a.csv: the file was replaced after it was imported; it is imported again"], second.Notices);
        Assert.Empty(third.Items);
    }

    [Fact]
    public async Task A_file_that_was_only_touched_or_uploaded_again_is_not_imported_again()
    {
        // Given
        var first = await Folder.With("a.csv", "id\n1\n").ReadAsync();
        Folder.Without("a.csv").With("a.csv", "id\n1\n", age: TimeSpan.Zero);
        // When
        var second = await Folder.ReadAsync(first.End);
        // Then
        Assert.Empty(second.Items);
    }

    [Fact]
    public async Task A_renamed_file_is_a_new_one()
    {
        // Given
        var first = await Folder.With("a.csv", "id\n1\n").ReadAsync();
        Folder.Without("a.csv").With("b.csv", "id\n1\n");
        // When
        var second = await Folder.ReadAsync(first.End);
        // Then
        Assert.Equal(["1"], second.Ids);
    }

    [Fact]
    public async Task Files_that_differ_only_in_case_are_two()
    {
        // Given
        var first = await Folder.With("a.csv", "id\n1\n").ReadAsync();
        Folder.With("A.csv", "id\n1\n");
        // When
        var second = await Folder.ReadAsync(first.End);
        // Then
        Assert.Equal(["1"], second.Ids);
    }

    [Fact]
    public async Task What_arrives_during_a_run_is_for_the_next_one()
    {
        // Given
        await using var reader = await Folder.With("b.csv", "id\n2\n").OpenAsync();
        Folder.With("a.csv", "id\n1\n").With("c.csv", "id\n3\n");
        // When
        var first = await Reading.OfAsync(reader);
        var second = await Folder.ReadAsync(first.End);
        // Then
        Assert.Equal(["2"], first.Ids);
        Assert.Equal(["1", "3"], second.Ids);
    }

    [Fact]
    public async Task The_mark_of_a_job_without_cursor_column_stays()
    {
        // Given
        var from = Checkpoint.Start with { Mark = Drop.Noon };
        // When
        var reading = await Folder.With("a.csv", "id\n1\n").ReadAsync(from);
        // Then
        Assert.Equal(Drop.Noon, reading.End.Mark);
    }
}
