using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Sources;
using static MarketoLambda.Sources.Tests.Passes.PassReading;

namespace MarketoLambda.Sources.Tests.Passes;

public sealed class FullPassTests
{
    private static readonly PassOptions Weekly = new() { FullPassEvery = TimeSpan.FromDays(7), Lookback = TimeSpan.Zero };

    [Fact]
    public async Task First_load_counts_as_a_full_pass_and_is_remembered()
    {
        // Given
        var table = new MemoryTable { Options = Weekly }.Put("a", At("10:00:00"));

        // When
        var (_, _, end, _) = await table.ReadAsync();

        // Then
        Assert.Equal(new Checkpoint { Mark = At("11:59:00"), Resume = """{"v":1,"full":"2026-11-04T11:59:00Z"}""" }, end);
    }

    [Theory]
    [InlineData(6.99, "new")]
    [InlineData(7, "old new")]
    public async Task Pass_reads_everything_again_once_the_last_full_one_is_old_enough(double days, string expected)
    {
        // Given
        var table = new MemoryTable { Options = Weekly }.Put("old", At("10:00:00"));
        var first = await table.ReadAsync();
        table.Clock = () => MemoryTable.Noon.AddDays(days);
        table.Put("new", MemoryTable.Noon);

        // When
        var (items, _, end, _) = await table.ReadAsync(first.End);

        // Then
        Assert.Equal(expected.Split(' '), items.Ids());
        Assert.Equal(days < 7 ? """{"v":1,"full":"2026-11-04T11:59:00Z"}""" : """{"v":1,"full":"2026-11-11T11:59:00Z"}""", end.Resume);
    }

    [Fact]
    public async Task Full_pass_that_was_cut_off_goes_on_and_is_not_begun_anew()
    {
        // Given
        var table = new MemoryTable { Options = Weekly }.Put("a", At("10:00:00")).Put("b", At("10:01:00")).Put("c", At("10:02:00"));
        var first = await table.ReadAsync();
        table.Clock = () => MemoryTable.Noon.AddDays(8);
        var half = await table.ReadAsync(first.End, most: 1);
        table.Clock = () => MemoryTable.Noon.AddDays(9);

        // When
        var (items, _, end, _) = await table.ReadAsync(half.End);

        // Then
        Assert.Equal(first.End.Mark, half.End.Mark);
        Assert.Equal(["b", "c"], items.Ids());
        Assert.Equal("""{"v":1,"full":"2026-11-12T11:59:00Z"}""", end.Resume);
    }

    [Fact]
    public async Task Setting_that_is_new_counts_from_the_mark_and_one_that_is_gone_leaves_no_trace()
    {
        // Given
        var table = new MemoryTable { Options = Weekly }.Put("old", At("10:00:00")).Put("new", At("11:30:00"));

        // When
        var added = await table.ReadAsync(new Checkpoint { Mark = At("11:00:00") });
        table.Options = new();
        var removed = await table.ReadAsync(new Checkpoint { Mark = At("11:00:00"), Resume = added.End.Resume });

        // Then
        Assert.Equal(["new"], added.Items.Ids());
        Assert.Equal("""{"v":1,"full":"2026-11-04T11:00:00Z"}""", added.End.Resume);
        Assert.Null(removed.End.Resume);
    }

    [Fact]
    public async Task Where_the_full_pass_cannot_be_remembered_the_setting_is_refused()
    {
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => new MemoryTable { Options = Weekly }.ReadAsync(capacity: 10));

        // Then
        Assert.Equal(
            "The last full pass over products cannot be remembered, so \"fullPassEveryDays\" cannot work; add the field resumePosition to "
                + "the state object with \"marketo-lambda init\", or remove the setting",
            refusal.Message);
    }
}
