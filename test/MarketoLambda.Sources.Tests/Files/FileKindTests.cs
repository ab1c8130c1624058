using System.Diagnostics;
using MarketoLambda.Sources.Tests.Support;

namespace MarketoLambda.Sources.Tests.Files;

public sealed class FileKindTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pipe_is_left_alone_with_a_notice_and_the_files_around_it_are_read()
    {
        // Given
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no pipes in folders");
        _folder.With("a.csv", "id\n1\n").With("c.csv", "id\n3\n");
        MakePipe("b.csv");
        // When
        var first = await _folder.ReadAsync();
        var second = await _folder.ReadAsync(first.End);
        // Then
        Assert.Equal(["1", "3"], first.Ids);
        Assert.Equal(["b.csv: this is a pipe or a device and no file, and it is left alone; move it out of the folder"], first.Notices);
        Assert.Equal(first.Notices, second.Notices);
        Assert.Equal(first.End, second.End);
    }

    [Fact]
    public async Task A_link_counts_as_what_it_leads_to()
    {
        // Given
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no devices in folders");
        _folder.With("real.txt", "id\n1\n");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "a.csv"), Path.Combine(_folder.Path, "real.txt"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "b.csv"), "/dev/zero");
        // When
        var reading = await _folder.ReadAsync();
        // Then
        Assert.Equal(["1"], reading.Ids);
        Assert.StartsWith("b.csv: this is a pipe or a device", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_became_a_pipe_since_the_folder_was_listed_is_passed_over()
    {
        // Given
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no pipes in folders");
        _folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n");
        await using var reader = await _folder.OpenAsync();
        _folder.Without("a.csv");
        MakePipe("a.csv");
        // When
        var reading = await Reading.OfAsync(reader);
        // Then
        Assert.Equal(["2"], reading.Ids);
    }

    [Fact]
    public async Task A_file_without_a_byte_is_finished_with_a_notice_and_read_when_it_has_some()
    {
        // Given
        _folder.With("a.csv", "").With("b.csv", "id\n2\n");
        // When
        var first = await _folder.ReadAsync();
        var second = await _folder.ReadAsync(first.End);
        var third = await _folder.With("a.csv", "id\n1\n").ReadAsync(second.End);
        // Then
        Assert.Equal(["2"], first.Ids);
        Assert.Equal(
            ["a.csv: the file has no bytes and counts as finished; if it was cut, put the whole file in its place, and it is read"],
            first.Notices);
        Assert.Empty(second.Items);
        Assert.Equal(["1"], third.Ids);
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("\r\n\r\n")]
    [InlineData("\uFEFF \n")]
    public async Task A_file_without_a_letter_is_finished_with_a_notice(string text)
    {
        // Given
        _folder.With("a.csv", text).With("b.csv.gz", Drop.Gzip(text)).With("c.csv.gz", Drop.Gzip("")).With("d.csv", "id\n2\n");
        // When
        var first = await _folder.ReadAsync();
        var second = await _folder.ReadAsync(first.End);
        var third = await _folder.With("a.csv", "id\n1\n").ReadAsync(second.End);
        // Then
        Assert.Equal(["2"], first.Ids);
        Assert.Equal(
            ["a.csv: the file has no rows", "b.csv.gz: the file has no rows", "c.csv.gz: the file has no rows"],
            first.Notices);
        Assert.Empty(second.Items);
        Assert.Equal(["1"], third.Ids);
    }

    private void MakePipe(string name)
    {
        using var made = Process.Start("mkfifo", [Path.Combine(_folder.Path, name)]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
