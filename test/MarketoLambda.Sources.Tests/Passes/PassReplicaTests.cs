using MarketoLambda.Sync.Sources;
using static MarketoLambda.Sources.Tests.Passes.PassReading;

namespace MarketoLambda.Sources.Tests.Passes;

public sealed class PassReplicaTests
{
    private static readonly DateTimeOffset Noon = MemoryTable.Noon;

    [Fact]
    public async Task Mark_stays_below_what_a_replica_shows_however_far_its_clock_runs_ahead()
    {
        // Given
        var table = new MemoryTable { Shown = () => At("11:00:00.5") }.Put("a", At("10:30:00"));

        // When
        var first = await table.ReadAsync();
        table.Put("late", At("11:00:01"));
        table.Shown = () => At("11:40:00");
        var second = await table.ReadAsync(first.End);

        // Then
        Assert.Equal(
            new Checkpoint
            {
                Mark = At("10:59:00"),
                Resume = """{"v":1,"mark":"2026-11-04T10:59:00Z","shown":"2026-11-04T11:00:00.5Z","read":"2026-11-04T11:59:00Z"}""",
            },
            first.End);
        Assert.Equal(["late"], second.Items.Ids());
        Assert.Equal(At("11:39:00"), second.End.Mark);
    }

    [Fact]
    public async Task As_long_as_a_replica_shows_the_same_only_what_the_clock_has_reached_since_is_read()
    {
        // Given
        var table = new MemoryTable { Shown = () => At("11:00:00") }.Put("a", At("10:59:30")).Put("ahead", At("12:00:30"));

        // When
        var first = await table.ReadAsync();
        var second = await table.ReadAsync(first.End);
        table.Clock = () => Noon.AddMinutes(5);
        var third = await table.ReadAsync(second.End);
        var fourth = await table.ReadAsync(third.End);

        // Then
        Assert.Equal(["a"], first.Items.Ids());
        Assert.Same(first.End, second.End);
        Assert.Equal(["ahead"], third.Items.Ids());
        Assert.Equal(At("10:59:00"), third.End.Mark);
        Assert.Same(third.End, fourth.End);
    }

    [Fact]
    public async Task Killed_run_goes_on_in_its_pass_over_a_replica_and_the_mark_stays_as_low_as_when_it_began()
    {
        // Given
        var table = new MemoryTable { Shown = () => At("11:00:00") }
            .Put("a", At("10:00:00"))
            .Put("b", At("10:10:00"))
            .Put("c", At("10:20:00"));
        var half = await table.ReadAsync(most: 1);
        table.Clock = () => Noon.AddHours(1);

        // When
        var rest = await table.ReadAsync(half.End);

        // Then
        Assert.Equal(
            """{"v":1,"mark":"2026-11-04T10:59:00Z","shown":"2026-11-04T11:00:00Z","upper":"2026-11-04T11:59:00Z","ts":"2026-11-04T10:00:00Z","id":"a"}""",
            half.End.Resume);
        Assert.Equal(["b", "c"], rest.Items.Ids());
        Assert.Equal(At("10:59:00"), rest.End.Mark);
    }

    [Fact]
    public async Task Mark_set_back_by_hand_has_all_above_it_read_again_although_the_replica_shows_the_same()
    {
        // Given
        var table = new MemoryTable { Shown = () => At("11:00:00") }.Put("a", At("09:30:00")).Put("b", At("10:30:00"));
        var first = await table.ReadAsync();

        // When
        var (items, _, _, _) = await table.ReadAsync(first.End with { Mark = At("09:00:00") });

        // Then
        Assert.Equal(["a", "b"], items.Ids());
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(100, """{"v":1,"shown":"2026-11-04T11:00:00Z"}""")]
    public async Task Without_room_to_remember_what_was_read_above_the_mark_nothing_above_it_is_read(int capacity, string? resume)
    {
        // Given
        var table = new MemoryTable { Shown = () => At("11:00:00") }.Put("a", At("10:30:00")).Put("young", At("10:59:30"));

        // When
        var (items, positions, end, _) = await table.ReadAsync(capacity: capacity);

        // Then
        Assert.Equal(["a"], items.Ids());
        Assert.Equal(new Checkpoint { Mark = At("10:59:00"), Resume = resume }, end);
        Assert.All(positions, position => Assert.False(position.Mark > At("10:59:00")));
    }

    [Fact]
    public async Task Server_that_shows_less_than_an_earlier_one_is_not_read_because_older_values_would_land_on_newer_ones()
    {
        // Given
        var table = new MemoryTable { Shown = () => Noon }.Put("a", At("11:50:00"), "new");
        var first = await table.ReadAsync();
        table.Put("a", At("11:49:30"), "old");
        table.Shown = () => At("11:49:40");
        table.Clock = () => Noon.AddMinutes(1);

        // When
        var behind = await table.ReadAsync(first.End);
        table.Put("a", At("11:50:00"), "new");
        table.Shown = () => Noon.AddSeconds(1);
        var caughtUp = await table.ReadAsync(behind.End);

        // Then
        Assert.Equal("replica-behind", Assert.IsType<SourceNotice>(Assert.Single(behind.Items)).Code);
        Assert.Same(first.End, behind.End);
        Assert.Equal(["new"], caughtUp.Items.Ids());
    }

    [Fact]
    public async Task Backfill_from_a_replica_reads_its_stretch_once()
    {
        // Given
        var table = new MemoryTable { Shown = () => At("11:00:00") }.Put("a", At("10:30:00")).Put("b", At("10:59:30"));

        // When
        var first = await table.ReadAsync(new Checkpoint { Mark = At("10:00:00") }, until: At("11:30:00"));
        var second = await table.ReadAsync(first.End, until: At("11:30:00"));

        // Then
        Assert.Equal(["a", "b"], first.Items.Ids());
        Assert.Empty(second.Items);
    }
}
