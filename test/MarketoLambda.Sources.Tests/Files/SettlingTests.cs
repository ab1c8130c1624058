using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>The same on disk and in a bucket.</summary>
public abstract class SettlingTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    [Fact]
    public async Task A_file_changed_a_moment_ago_stops_the_line()
    {
        // Given
        Folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n", age: TimeSpan.FromSeconds(9.9)).With("c.csv", "id\n3\n");
        // When
        var first = await Folder.ReadAsync();
        Folder.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var second = await Folder.ReadAsync(first.End);
        // Then
        Assert.Equal(["1"], first.Ids);
        Assert.Equal(["b.csv: the file was changed less than 10 s ago; it and the files after it wait for the next run"], first.Notices);
        Assert.Equal(["2", "3"], second.Ids);
    }

    [Fact]
    public async Task A_finished_file_stops_nothing_when_it_is_touched()
    {
        // Given
        var first = await Folder.With("a.csv", "id\n1\n").ReadAsync();
        Folder.With("a.csv", "id\n1\n", age: TimeSpan.Zero).With("b.csv", "id\n2\n");
        // When
        var second = await Folder.ReadAsync(first.End);
        // Then
        Assert.Equal(["2"], second.Ids);
        Assert.Empty(second.Notices);
    }

    [Fact]
    public async Task A_half_read_file_that_is_touched_waits_without_losing_its_place()
    {
        // Given
        var half = (await Folder.With("a.csv", "id\n1\n2\n").ReadAsync()).Positions[0];
        Folder.With("a.csv", "id\n1\n2\n", age: TimeSpan.Zero);
        // When
        var waiting = await Folder.ReadAsync(half);
        Folder.Clock.Advance(TimeSpan.FromHours(1));
        var later = await Folder.ReadAsync(waiting.End);
        // Then
        Assert.Equal(half with { Resume = waiting.End.Resume }, waiting.End);
        Assert.Equal(["2"], later.Ids);
    }

    [Fact]
    public async Task With_a_settle_time_of_zero_every_file_is_read()
    {
        // Given
        Folder.With("a.csv", "id\n1\n", age: TimeSpan.Zero).With("b.csv", "id\n2\n", age: TimeSpan.FromSeconds(-30));
        // When
        var reading = await Folder.ReadAsync(options: Drop.Options with { SettleTime = TimeSpan.Zero });
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public async Task A_time_of_change_over_a_minute_ahead_counts_as_settled_but_is_noticed(int secondsAhead, bool isRead)
    {
        // Given
        Folder.With("a.csv", "id\n1\n", age: TimeSpan.FromSeconds(-secondsAhead));
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal(isRead ? ["1"] : [], reading.Ids);
        Assert.Contains(
            isRead ? "is in the future; it is read, but compare the clocks" : "wait for the next run",
            Assert.Single(reading.Notices),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id\n1\n2\n3\n")]
    [InlineData("id\n1\n9\n")]
    public async Task A_file_changed_while_it_is_read_does_not_count_as_finished(string replacement)
    {
        // Given
        await using var reader = await Folder.With("a.csv", "id\n1\n2\n").OpenAsync();
        var first = await Reading.OfAsync(reader, most: 1);
        Folder.With("a.csv", replacement, age: TimeSpan.FromMinutes(1));
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => Reading.OfAsync(reader));
        var again = await Assert.ThrowsAsync<SourceException>(() => Reading.OfAsync(reader));
        // Then
        Assert.StartsWith(
            "a.csv was changed while it was read, so it does not count as finished",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(refusal.Message, again.Message);
        Assert.Equal(first.End, reader.Position);
        Assert.Null(reader.Position.LastFileName);
    }

    [Fact]
    public async Task A_file_cut_while_it_is_read_does_not_count_as_finished()
    {
        // Given
        await using var reader = await Folder.With("a.csv", "id\n" + string.Concat(Enumerable.Repeat("12345\n", 50_000))).OpenAsync();
        await Reading.OfAsync(reader, most: 1);
        Folder.With("a.csv", "id\n12345\n");
        // When
        var read = () => Reading.OfAsync(reader);
        // Then
        Assert.Contains(
            "was changed while it was read",
            (await Assert.ThrowsAsync<SourceException>(read)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_moved_away_while_it_is_read_is_finished()
    {
        // Given
        await using var reader = await Folder.With("a.csv", "id\n1\n2\n").With("b.csv", "id\n3\n").OpenAsync();
        await Reading.OfAsync(reader, most: 1);
        Folder.Without("a.csv");
        // When
        var rest = await Reading.OfAsync(reader);
        // Then
        Assert.Equal(["2", "3"], rest.Ids);
    }

    [Theory]
    [InlineData("listed")]
    [InlineData("found")]
    [InlineData("fingerprinted")]
    public async Task A_file_removed_before_it_is_read_is_noticed_and_passed(string moment)
    {
        // Given
        Folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n");
        Action<string> Remove(string when) =>
            name =>
            {
                if (when == moment && name != "b.csv")
                {
                    Folder.Without("a.csv");
                }
            };
        var folder = new RestlessFolder(Folder.Files)
        {
            OnListed = Remove("listed"),
            OnFound = Remove("found"),
            OnFingerprinted = Remove("fingerprinted"),
        };
        // When
        var reading = await ReadAsync(folder);
        // Then
        Assert.Equal(["2"], reading.Ids);
        Assert.Equal(["a.csv: the file was removed before it was read"], reading.Notices);
    }

    [Fact]
    public async Task A_replaced_file_that_gets_its_old_content_back_is_finished()
    {
        // Given
        var first = await Folder.With("a.csv", "id\n1\n").ReadAsync();
        Folder.With("a.csv", "id\n2\n");
        var folder = new RestlessFolder(Folder.Files) { OnFingerprinted = _ => Folder.With("a.csv", "id\n1\n") };
        // When
        var reading = await ReadAsync(folder, first.End);
        // Then
        Assert.Empty(reading.Items);
    }

    [Fact]
    public async Task A_disk_that_fails_is_a_clear_refusal()
    {
        // Given
        Folder.With("a.csv", "id\n1\n");
        var folder = new RestlessFolder(Folder.Files) { OnOpened = _ => new FailingStream() };
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(folder));
        // Then
        Assert.StartsWith("a.csv cannot be read (the disk is gone). Correct the file", refusal.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(refusal.InnerException);
    }

    private async Task<Reading> ReadAsync(RestlessFolder folder, Checkpoint? from = null)
    {
        var source = new CsvFolderSource(folder, Drop.Options, Folder.Clock);
        var request = new ReadRequest(from ?? Checkpoint.Start, ["id"], Reading.Roomy);
        await using var reader = await source.OpenAsync(request, TestContext.Current.CancellationToken);
        return await Reading.OfAsync(reader);
    }

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("the disk is gone");

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the disk is gone");
    }
}
