using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>What only a folder on disk has.</summary>
public sealed class LocalFolderTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_folder_is_named_with_a_remedy()
    {
        // Given
        var source = new CsvFolderSource(Path.Combine(_folder.Path, "nowhere"), Drop.Options, _folder.Clock);
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() =>
            source.OpenAsync(new ReadRequest(Checkpoint.Start, ["id"], 0), TestContext.Current.CancellationToken));
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
        Assert.Empty(second.Ids);
    }

    [Fact]
    public async Task A_link_to_nowhere_and_one_to_itself_are_told_in_every_run()
    {
        // Given
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "b.csv"), Path.Combine(_folder.Path, "missing.txt"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "c.csv"), Path.Combine(_folder.Path, "c.csv"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "not-meant.txt"), Path.Combine(_folder.Path, "missing.txt"));
        // When
        var first = await _folder.With("a.csv", "id\n1\n").ReadAsync();
        var second = await _folder.ReadAsync(first.End);
        // Then
        Assert.Equal(["1"], first.Ids);
        Assert.Equal(["dead-link", "link-loop"], first.Items.OfType<SourceNotice>().Select(notice => notice.Code));
        Assert.Equal(
            [
                "b.csv: this link leads to a file that is not there, and nothing is read; mend or remove it",
                "c.csv: this link leads back to itself, and nothing is read; mend or remove it",
            ],
            second.Notices);
    }

    [Fact]
    public async Task A_name_that_is_not_utf8_is_told_and_the_other_files_are_read()
    {
        // Given
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "names are text there");
        await ShellAsync("printf 'id\\n9\\n' > \"$1/$(printf 'k\\374hl.csv')\"");
        // When
        var reading = await _folder.With("a.csv", "id\n1\n").With("\uFFFD.csv", "id\n2\n").ReadAsync();
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
        Assert.Equal(
            "k\uFFFDhl.csv: the name of this file is not valid UTF-8 (\uFFFD stands for what is not), so it cannot be opened and is not "
                + "read; rename it",
            Assert.Single(reading.Notices));
        await ShellAsync("rm \"$1\"/k*"); // .NET cannot delete it either
    }

    [Theory]
    [InlineData(4)]
    [InlineData(4100)]
    [InlineData(-2)]
    public async Task A_change_of_the_same_length_anywhere_is_seen_by_the_time_of_change(int position)
    {
        // Given
        var text = "id\n" + string.Concat(Enumerable.Repeat("1234567\n", 10_000));
        var first = await _folder.With("a.csv", text).ReadAsync();
        var changed = text.ToCharArray();
        changed[position < 0 ? changed.Length + position : position] = 'x';
        // When
        var second = await _folder.With("a.csv", new string(changed), age: TimeSpan.FromMinutes(59)).ReadAsync(first.End);
        // Then
        Assert.Equal(10_000, second.Ids.Length);
        Assert.Equal(["a.csv: the file was replaced after it was imported; it is imported again"], second.Notices);
    }

    [Fact]
    public async Task A_large_file_that_was_only_touched_is_not_read_again()
    {
        // Given
        var text = "id\n" + string.Concat(Enumerable.Repeat("1234567\n", 10_000));
        var first = await _folder.With("a.csv", text).ReadAsync();
        // When
        var second = await _folder.With("a.csv", text, age: TimeSpan.FromMinutes(59)).ReadAsync(first.End);
        // Then
        Assert.Empty(second.Items);
        Assert.NotEqual(first.End, second.End);
    }

    [Fact]
    public async Task A_half_read_file_that_was_changed_in_its_middle_is_read_from_its_beginning()
    {
        // Given
        var text = "id\n" + string.Concat(Enumerable.Repeat("1234567\n", 10_000));
        var half = (await _folder.With("a.csv", text).ReadAsync()).Positions[4999];
        // When
        var touched = await _folder.With("a.csv", text, age: TimeSpan.FromMinutes(59)).ReadAsync(half);
        var changed = await _folder.With("a.csv", text[..40_000] + "x" + text[40_001..], age: TimeSpan.FromMinutes(58)).ReadAsync(half);
        // Then
        Assert.Equal((5_000, 10_000), (touched.Ids.Length, changed.Ids.Length));
    }

    [Fact]
    public async Task A_file_replaced_by_another_of_the_same_name_while_it_is_read_does_not_count_as_finished()
    {
        // Given
        await using var reader = await _folder.With("a.csv", "id\n1\n2\n").OpenAsync();
        await Reading.OfAsync(reader, most: 1);
        _folder.With("other", "id\n1\n2\n3\n");
        File.Move(Path.Combine(_folder.Path, "other"), Path.Combine(_folder.Path, "a.csv"), overwrite: true);
        // When
        var read = () => Reading.OfAsync(reader);
        // Then
        await Assert.ThrowsAsync<SourceException>(read);
    }

    [Fact]
    public void The_description_names_pattern_and_folder()
    {
        // Given
        var source = new CsvFolderSource("./drop", Drop.Options, TimeProvider.System);
        // When
        var description = source.Description;
        // Then
        Assert.Equal("CSV files \"*.csv\", \"*.csv.gz\" in ./drop", description);
        Assert.Same(SourceConventions.Invariant, source.Conventions);
    }

    private async Task ShellAsync(string command)
    {
        using var shell = System.Diagnostics.Process.Start("sh", ["-c", command, "sh", _folder.Path]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }
}
