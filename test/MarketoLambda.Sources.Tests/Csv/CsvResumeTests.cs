using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>The same on disk and in a bucket.</summary>
public abstract class CsvResumeTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    [Fact]
    public async Task Resuming_after_any_item_hands_out_exactly_the_rest()
    {
        // Given
        var options = Drop.Options with { CursorColumn = "at" };
        var from = Checkpoint.Start with { Mark = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        Folder
            .With(
                "a.csv",
                "id,at,text\n1,2026-01-02,x\n2,2025-12-31,old\n\n3,2026-01-05T01:02:03.9Z,\"a\nb\"\n4,ragged\n5,never,x\n6,2025-01-01,old\n"
            )
            .With("b.csv", Drop.Gzip("id,at,text\r\n7,2026-01-04,\"q\"\"q\"\r\n8,2026-01-06,\"\r\n\"\r\n9,,x\r\n10,2031-01-01,x\r\n"))
            .With("c.csv", "id,at,text\n11,2026-01-06,x");
        var whole = await Folder.ReadAsync(from, options: options, columns: ["id", "text"]);
        for (var stop = 0; stop < whole.Items.Count; stop++)
        {
            // When
            var rest = await Folder.ReadAsync(whole.Positions[stop], options: options, columns: ["id", "text"]);
            // Then
            var handedOut = whole.Items.Take(stop + 1).Concat(rest.Items);
            Assert.Equal(Rows(whole.Items), Rows(handedOut));
            Assert.Equal(whole.End, rest.End);
        }

        Assert.Equal(["1", "3", "8", "9", "10", "11"], whole.Ids);
        Assert.Equal(["a.csv line 7", "a.csv line 8"], whole.Unreadable.Select(item => item.Location.ToString()));
        Assert.Equal(("c.csv", 1), (whole.End.LastFileName, whole.End.LastFileRecords));
        Assert.Equal(new DateTimeOffset(2026, 1, 6, 0, 0, 0, TimeSpan.Zero), whole.End.Mark);
    }

    [Fact]
    public async Task The_last_file_changes_only_with_its_last_row_and_then_at_once()
    {
        // Given
        Folder.With("a.csv", "id\n1\n2\n").With("b.csv", "id\n3\n4\n5\n");
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Equal([null, "a.csv", "a.csv", "a.csv", "b.csv"], reading.Positions.Select(position => position.LastFileName));
        Assert.Equal([0, 2, 2, 2, 3], reading.Positions.Select(position => position.LastFileRecords ?? 0));
        Assert.Equal(reading.Positions[^1], reading.End);
    }

    [Fact]
    public async Task The_position_is_readable()
    {
        // Given
        Folder.With("a.csv", "id\n1\n").With("bü \"q\".csv", "id\n2\n3\n");
        // When
        var reading = await Folder.ReadAsync();
        // Then
        Assert.Matches(
            """^\{"v":2,"last":"a\.csv","at":"2026-03-01T12:00:00Z","recent":"[^"]{32}","file":"bü \\"q\\"\.csv","id":"[^"]{32}","rows":1\}$""",
            reading.Positions[1].Resume);
        Assert.Matches("""^\{"v":2,"last":"bü \\"q\\"\.csv","at":"2026-03-01T12:00:00Z","recent":"[^"]{64}"\}$""", reading.End.Resume);
    }

    [Fact]
    public async Task A_half_read_file_that_was_replaced_starts_anew_with_a_notice()
    {
        // Given
        Folder.With("a.csv", "id\n1\n2\n");
        var half = (await Folder.ReadAsync()).Positions[0];
        Folder.With("a.csv", "id\n3\n4\n5\n");
        // When
        var reading = await Folder.ReadAsync(half);
        // Then
        Assert.Equal(["3", "4", "5"], reading.Ids);
        Assert.Equal(
            ["a.csv: the file was replaced after a part of it was imported; it is imported again from its beginning"],
            reading.Notices);
    }

    [Fact]
    public async Task A_half_read_file_that_is_gone_is_noticed_once_and_the_next_is_read()
    {
        // Given
        Folder.With("a.csv", "id\n1\n2\n").With("b.csv", "id\n3\n");
        var half = (await Folder.ReadAsync()).Positions[0];
        Folder.Without("a.csv").Without("b.csv");
        // When
        var reading = await Folder.ReadAsync(half);
        var again = await Folder.With("b.csv", "id\n3\n").ReadAsync(reading.End);
        // Then
        Assert.Equal(["a.csv: the file is gone, although only a part of it was imported"], reading.Notices);
        Assert.Equal(["3"], again.Ids);
        Assert.Empty(again.Notices);
    }

    [Fact]
    public async Task A_half_read_file_is_finished_before_a_late_one_with_a_smaller_name()
    {
        // Given
        Folder.With("b.csv", "id\n1\n2\n").With("c.csv", "id\n4\n");
        var half = (await Folder.ReadAsync()).Positions[0];
        Folder.With("a.csv", "id\n3\n");
        // When
        var reading = await Folder.ReadAsync(half);
        // Then
        Assert.Equal(["2", "3", "4"], reading.Ids);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"v\":2}")]
    [InlineData("{\"v\":3,\"recent\":\"\"}")]
    [InlineData("{\"v\":2,\"recent\":\"AAAA\"}")]
    [InlineData("{\"v\":2,\"recent\":\"\",\"history\":7}")]
    [InlineData("{\"v\":2,\"recent\":\"\",\"sum\":\"q\"}")]
    [InlineData("{\"v\":2,\"recent\":\"\",\"file\":\"a.csv\",\"rows\":1}")]
    [InlineData("{\"v\":\"1\"}")]
    [InlineData("{\"v\":1,\"flor\":\"a\"}")]
    [InlineData("{\"v\":1,\"floor\":null}")]
    [InlineData("{\"v\":1,\"floor\":7}")]
    [InlineData("{\"v\":1,\"done\":[\"a\"]}")]
    [InlineData("{\"v\":1,\"done\":{\"a\":1}}")]
    [InlineData("{\"v\":1,\"done\":{\"a\":\"1-a\",\"a\":\"1-b\"}}")]
    [InlineData("{\"v\":1,\"file\":\"a.csv\",\"print\":\"1-a\"}")]
    [InlineData("{\"v\":1,\"rows\":1}")]
    [InlineData("{\"v\":1,\"file\":\"a.csv\",\"print\":\"1-a\",\"rows\":-1}")]
    [InlineData("{\"v\":1,\"file\":\"a.csv\",\"print\":\"1-a\",\"rows\":1.5}")]
    [InlineData("{\"v\":1,\"seen\":\"yesterday\"}")]
    [InlineData("{\"v\":1,\"lower\":\"2026-01-01T00:00:00Z\"}")]
    public async Task A_position_that_is_not_understood_is_never_a_silent_restart(string resume)
    {
        // Given
        Folder.With("a.csv", "id\n1\n");
        // When
        var refusal = await Folder.RefusalAsync(Checkpoint.Start with { Resume = resume });
        // Then
        Assert.EndsWith("Restore it, or reset the job; nothing was read", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_begins_no_file_before_it_is_asked_to()
    {
        // Given
        Folder.With("a.csv", "id\n\"1");
        // When
        await using var reader = await Folder.OpenAsync();
        // Then
        Assert.Equal(Checkpoint.Start, reader.Position);
        await Assert.ThrowsAsync<SourceException>(() => reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());
    }

    // Notices of a file are given again when it is resumed; rows are not.
    private static IEnumerable<string> Rows(IEnumerable<SourceItem> items) =>
        items.Where(item => item is not SourceNotice)
            .Select(item => item is SourceRecord record ? $"{record.Location}={string.Join('|', record.Values)}" : item.ToString());
}
