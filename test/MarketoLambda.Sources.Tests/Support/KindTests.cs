using CsCheck;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>What holds for every kind of file as it does for CSV, on disk and in a bucket.</summary>
public abstract class KindTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    private static readonly CommonOptions WithCursor = KindReading.WithCursor("at");
    private static readonly Checkpoint NewYear = Checkpoint.Start with { Mark = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };

    internal abstract IFileFormat Format { get; }

    /// <summary>A file with the columns id, at and text; null for a row that has to be rejected.</summary>
    protected abstract byte[] Write(params (string Id, string? At, string? Text)?[] rows);

    [Fact]
    public async Task Resuming_after_any_item_hands_out_exactly_the_rest()
    {
        // Given
        Folder
            .With(
                "a",
                Write(
                    ("1", "2026-01-02", "x"),
                    ("2", "2025-12-31", "old"),
                    ("3", "2026-01-05T01:02:03.9Z", "a\nb"),
                    null,
                    ("5", "never", "x"),
                    ("6", "2025-01-01", "old")))
            .With("b", Write(("7", "2026-01-04", "\"q\""), ("8", "2026-01-06", "\r\n"), ("9", "", "x"), ("10", "2031-01-01", null)))
            .With("c", Write(("11", "2026-01-06", "x")));
        var whole = await ReadAsync(NewYear, WithCursor, "id", "text");
        for (var stop = 0; stop < whole.Items.Count; stop++)
        {
            // When
            var rest = await ReadAsync(whole.Positions[stop], WithCursor, "id", "text");
            // Then
            Assert.Equal(whole.Items.Shown(), whole.Items.Take(stop + 1).Concat(rest.Items).Shown());
            Assert.Equal(whole.End, rest.End);
        }

        Assert.Equal(["1", "3", "8", "9", "10", "11"], whole.Ids);
        Assert.Equal(2, whole.Unreadable.Length);
        Assert.Equal(3, whole.Progress.RecordsSkipped); // of a one from last year twice, and of b one from before the mark that a left
        Assert.Equal(("c", 1), (whole.End.LastFileName, whole.End.LastFileRecords));
        Assert.Equal(new DateTimeOffset(2026, 1, 6, 0, 0, 0, TimeSpan.Zero), whole.End.Mark);
    }

    [Fact]
    public async Task Files_come_in_the_order_of_their_names_and_late_and_replaced_ones_are_read()
    {
        // Given
        Folder.With("b", Write(("2", null, null))).With("c", Write(("3", null, null)));
        var first = await ReadAsync();
        // When
        Folder.With("a", Write(("1", null, null))).With("b", Write(("2", null, "corrected"), ("4", null, null)), TimeSpan.FromMinutes(5));
        var second = await ReadAsync(first.End);
        var third = await ReadAsync(second.End);
        // Then
        Assert.Equal(["2", "3"], first.Ids);
        Assert.Equal(["1", "2", "4"], second.Ids);
        Assert.Contains(second.Notices, notice => notice.Contains("the file was replaced after it was imported", StringComparison.Ordinal));
        Assert.Empty(third.Items);
    }

    [Fact]
    public async Task A_half_read_file_that_was_replaced_starts_anew()
    {
        // Given
        Folder.With("a", Write(("1", null, null), ("2", null, null)));
        var half = (await ReadAsync()).Positions[0];
        Folder.With("a", Write(("3", null, null), ("4", null, null), ("5", null, null)));
        // When
        var reading = await ReadAsync(half);
        // Then
        Assert.Equal(["3", "4", "5"], reading.Ids);
        Assert.Equal(
            ["a: the file was replaced after a part of it was imported; it is imported again from its beginning"],
            reading.Notices);
    }

    [Fact]
    public async Task A_young_file_waits_and_a_file_without_a_byte_is_finished()
    {
        Folder.With("a", [], TimeSpan.FromHours(1)).With("b", Write(("1", null, null)), TimeSpan.FromSeconds(5));

        var reading = await ReadAsync();

        Assert.Empty(reading.Ids);
        Assert.Equal("a", reading.End.LastFileName);
        Assert.Equal(2, reading.Notices.Length);
    }

    /// <summary>A failure prints its seed.</summary>
    [Fact]
    public async Task A_file_that_is_cut_or_damaged_anywhere_is_refused_or_loses_no_row_in_silence()
    {
        var whole = Write([
            .. Enumerable.Range(0, 40).Select(row => ((string, string?, string?)?)($"k{row}", null, $"text {row} {new string('x', row)}")),
        ]);
        await Gen.Select(Gen.Int[1, whole.Length - 1], Gen.Int[1, 255], Gen.Bool)
            .SampleAsync(
                async (at, flip, isCut) =>
                {
                    // Given
                    using DropFolder folder = new();
                    byte[] damaged = isCut ? whole[..at] : [.. whole[..at], (byte)(whole[at] ^ flip), .. whole[(at + 1)..]];
                    folder.With("a", damaged);
                    try
                    {
                        // When
                        var reading = await folder.ReadAsync(Format, from: null, options: null, "id", "text");
                        // Then
                        Assert.True(isCut || reading.Records.Count() + reading.Unreadable.Length >= MinRows, "rows are gone");
                        Assert.Equal(reading.Records.Count() + reading.Unreadable.Length, reading.End.LastFileRecords);
                    }
                    catch (SourceException refusal)
                    {
                        Assert.StartsWith("a ", refusal.Message, StringComparison.Ordinal);
                        Assert.Contains(
                            "move it out of the folder: until then it and the files after it wait",
                            refusal.Message,
                            StringComparison.Ordinal);
                    }
                },
                iter: 300,
                threads: 1);
    }

    /// <summary>Rows of forty that a single wrong byte leaves.</summary>
    protected abstract int MinRows { get; }

    private Task<Reading> ReadAsync(Checkpoint? from = null, CommonOptions? options = null, params string[] columns) =>
        Folder.ReadAsync(Format, from, options, columns);
}
