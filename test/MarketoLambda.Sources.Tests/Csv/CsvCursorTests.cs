using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sources.Tests.Csv;

/// <summary>The same on disk and in a bucket.</summary>
public abstract class CsvCursorTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    private static readonly DateTimeOffset Mark = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

    private static CsvFolderOptions Options => Drop.Options with { CursorColumn = "at" };

    [Fact]
    public async Task Rows_below_the_mark_are_skipped_and_counted()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,2026-01-09T23:59:59.9999999Z\n2,2026-01-10T00:00:00Z\n3,2026-01-11\n4,2025-01-01\n");
        // When
        var reading = await ReadAsync(Mark);
        // Then
        Assert.Equal(["2", "3"], reading.Ids);
        Assert.Equal(2, reading.Progress.RecordsSkipped);
        Assert.Equal(4, reading.End.LastFileRecords);
    }

    [Fact]
    public async Task Without_a_mark_nothing_is_skipped()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,1999-01-01\n2,2026-01-11\n");
        // When
        var reading = await ReadAsync(null);
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
    }

    [Fact]
    public async Task The_mark_moves_at_the_end_of_a_file_to_its_largest_cursor_in_whole_seconds()
    {
        // Given
        Folder
            .With("a.csv", "id,at\n1,2026-01-12T10:00:00.999Z\n2,2026-01-11\n")
            .With("b.csv", "id,at\n3,2026-01-11\n4,2026-01-12T10:00:00Z\n");
        // When
        var reading = await ReadAsync(Mark);
        // Then
        var moved = new DateTimeOffset(2026, 1, 12, 10, 0, 0, TimeSpan.Zero);
        Assert.Equal([Mark, moved, moved], reading.Positions.Select(position => position.Mark));
        Assert.Equal(["1", "2", "4"], reading.Ids);
        Assert.Equal(moved, reading.End.Mark);
    }

    [Fact]
    public async Task The_mark_never_falls()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,2026-01-01\n");
        // When
        var reading = await ReadAsync(Mark);
        // Then
        Assert.Equal(Mark, reading.End.Mark);
    }

    [Fact]
    public async Task A_cursor_in_the_future_is_imported_but_never_moves_the_mark()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,2026-01-11\n2,2099-01-01\n3,2026-03-01T12:00:00Z\n4,2026-03-01T12:00:01Z\n");
        // When
        var reading = await ReadAsync(Mark);
        // Then
        Assert.Equal(["1", "2", "3", "4"], reading.Ids);
        Assert.Equal(Drop.Noon, reading.End.Mark);
        Assert.Equal(
            ["a.csv line 3: 2 rows of this file have a cursor in the future, the first here; they are imported but do not move the mark"],
            reading.Notices);
    }

    [Fact]
    public async Task An_empty_cursor_is_imported_with_one_notice_per_file()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,2026-01-11\n2,\n3,  \n");
        // When
        var reading = await ReadAsync(Mark);
        // Then
        Assert.Equal(["1", "2", "3"], reading.Ids);
        Assert.Equal(
            ["a.csv line 3: 2 rows of this file have no cursor, the first here; they are imported in every pass over the file"],
            reading.Notices);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("0044-03-15 00:00:00 BC")]
    [InlineData("-0044-03-15T00:00:00Z")]
    public async Task A_cursor_before_the_year_1_counts_as_empty(string cursor)
    {
        // Given
        Folder.With("a.csv", $"id,at\n1,{cursor}\n2,2026-01-11\n");
        // When
        var reading = await ReadAsync(Mark, InBerlin());
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
        Assert.Equal(
            ["a.csv line 2: 1 row of this file has no cursor, the first here; they are imported in every pass over the file"],
            reading.Notices);
    }

    [Theory]
    [InlineData(null, "\"at\" is not a time like 2026-11-23T18:05:00Z; set \"cursorFormat\" if it is written in another form")]
    [InlineData("dd.MM.yyyy", "\"at\" is not a time in the format dd.MM.yyyy, such as 23.11.2026")]
    public async Task A_cursor_that_is_no_time_rejects_its_row(string? format, string reason)
    {
        // Given
        Folder.With("a.csv", "id,at\n1,soon\n");
        // When
        var reading = await ReadAsync(Mark, Options with { CursorFormat = format });
        // Then
        var rejected = Assert.Single(reading.Unreadable);
        Assert.Equal(("wrong-cursor", reason), (rejected.Code, rejected.Reason));
        Assert.Equal("a.csv", reading.End.LastFileName);
    }

    [Fact]
    public async Task A_missing_cursor_column_refuses_the_file()
    {
        // Given
        Folder.With("a.csv", "id,changed\n1,x\n");
        // When
        var refusal = await Folder.RefusalAsync(options: Options);
        // Then
        Assert.Contains("has no column \"at\"; its columns are \"id\", \"changed\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_and_a_culture_are_obeyed()
    {
        // Given
        var german = new SourceConventions(
            System.Globalization.CultureInfo.GetCultureInfo("de-DE"),
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Folder.With("a.csv", "id,at\n1,11.01.2026 08:30\n");
        // When
        var formatted = await ReadAsync(Mark, Options with { CursorFormat = "dd.MM.yyyy HH:mm", Conventions = german });
        var cultural = await ReadAsync(Mark, Options with { Conventions = german });
        // Then
        Assert.Equal(new DateTimeOffset(2026, 1, 11, 7, 30, 0, TimeSpan.Zero), formatted.End.Mark);
        Assert.Equal(formatted.End, cultural.End);
    }

    [Theory]
    [InlineData("en-US", "Nov-24")]
    [InlineData("en-US", "11/24")]
    [InlineData("en-US", "March 2026")]
    [InlineData("de-DE", "1.5")]
    [InlineData("de-DE", "24.11.26")]
    [InlineData("de-DE", "10:30")]
    public async Task A_cursor_that_lacks_a_part_never_moves_the_mark(string culture, string cursor)
    {
        // Given
        SourceConventions conventions = new(System.Globalization.CultureInfo.GetCultureInfo(culture), TimeZoneInfo.Utc);
        Folder.With("a.csv", $"id,at\n1,{cursor}\n2,2025-01-02\n");
        // When
        var reading = await ReadAsync(null, Options with { Conventions = conventions });
        // Then
        Assert.Equal("wrong-cursor", Assert.Single(reading.Unreadable).Code);
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 0, 0, 0, TimeSpan.Zero), reading.End.Mark);
    }

    [Fact]
    public async Task A_cursor_may_be_written_in_one_of_several_formats()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,1771869900\n2,23.02.2026 18:06\n");
        // When
        var reading = await ReadAsync(null, Options with { CursorFormat = new TimeFormats(["dd.MM.yyyy HH:mm", "unix"]) });
        // Then
        Assert.Equal(["1", "2"], reading.Ids);
        Assert.Equal(new DateTimeOffset(2026, 2, 23, 18, 6, 0, TimeSpan.Zero), reading.End.Mark);
    }

    // Berlin, 2025-10-26: 02:00 to 03:00 came twice, from 00:00Z on and from 01:00Z on.
    [Theory]
    [InlineData("2025-10-26T02:30:00", "2025-10-26T01:30:00Z", true)]
    [InlineData("2025-10-26T02:30:00", "2025-10-26T01:30:01Z", false)]
    [InlineData("2025-10-26T02:30:00+02:00", "2025-10-26T00:30:01Z", false)]
    [InlineData("2025-10-26T02:30:00+01:00", "2025-10-26T01:30:00Z", true)]
    public async Task In_the_hour_that_comes_twice_the_later_instant_decides_about_skipping(string cursor, string mark, bool isRead)
    {
        // Given
        Folder.With("a.csv", $"id,at\n1,{cursor}\n");
        // When
        var reading = await ReadAsync(DateTimeOffset.Parse(mark, null), InBerlin());
        // Then
        Assert.Equal(isRead ? ["1"] : [], reading.Ids);
    }

    [Theory]
    [InlineData("2025-10-26T02:30:00", "2025-10-26T00:30:00Z")]
    [InlineData("2025-10-26T02:30:00+01:00", "2025-10-26T01:30:00Z")]
    [InlineData("2025-10-26T03:00:00", "2025-10-26T02:00:00Z")]
    public async Task In_the_hour_that_comes_twice_the_earlier_instant_moves_the_mark(string cursor, string mark)
    {
        // Given
        Folder.With("a.csv", $"id,at\n1,{cursor}\n");
        // When
        var reading = await ReadAsync(null, InBerlin());
        // Then
        Assert.Equal(DateTimeOffset.Parse(mark, null), reading.End.Mark);
    }

    [Theory]
    [InlineData(
        "2026-03-29T02:30:00",
        "is not a time that exists in Europe/Berlin: it is in the hour that the change of clocks in spring leaves out"
    )]
    [InlineData("-1", "is not a time like 2026-11-23T18:05:00Z")]
    public async Task A_time_that_does_not_exist_in_the_zone_rejects_its_row(string cursor, string reason)
    {
        // Given
        Folder.With("a.csv", $"id,at\n1,{cursor}\n");
        // When
        var reading = await ReadAsync(Mark, InBerlin());
        // Then
        var rejected = Assert.Single(reading.Unreadable);
        Assert.Equal("wrong-cursor", rejected.Code);
        Assert.Contains(reason, rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resumed_file_keeps_the_mark_it_began_with_and_the_maximum_of_its_finished_rows()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,2026-02-01\n2,2026-01-11\n3,2026-01-09\n4,2026-01-12\n");
        var half = (await ReadAsync(Mark)).Positions[0];
        Assert.Contains("\"mark\":\"2026-01-10T00:00:00Z\",\"rows\":1}", half.Resume, StringComparison.Ordinal);
        // When
        var reading = await ResumeAsync(half with { Mark = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero) });
        // Then
        Assert.Equal(["2", "4"], reading.Ids);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), reading.End.Mark);
        Assert.Equal(1, reading.Progress.RecordsSkipped);
    }

    [Fact]
    public async Task A_file_of_which_every_row_is_skipped_is_finished()
    {
        // Given
        Folder.With("a.csv", "id,at\n1,2026-01-01\n").With("b.csv", "id,at\n2,2026-01-02\n");
        // When
        var reading = await ReadAsync(Mark);
        // Then
        Assert.Empty(reading.Items);
        Assert.Equal("b.csv", reading.End.LastFileName);
        Assert.Equal(2, reading.Progress.RecordsSkipped);
    }

    private static CsvFolderOptions InBerlin() =>
        Options with { Conventions = SourceConventions.Invariant with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") } };

    private Task<Reading> ReadAsync(DateTimeOffset? mark, CsvFolderOptions? options = null) =>
        ResumeAsync(Checkpoint.Start with { Mark = mark }, options);

    private Task<Reading> ResumeAsync(Checkpoint from, CsvFolderOptions? options = null) =>
        Folder.ReadAsync(from, options: options ?? Options);
}
