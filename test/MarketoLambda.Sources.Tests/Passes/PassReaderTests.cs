using MarketoLambda.Sync.Sources;
using static MarketoLambda.Sources.Tests.Passes.PassReading;

namespace MarketoLambda.Sources.Tests.Passes;

public sealed class PassReaderTests
{
    private static readonly DateTimeOffset Noon = MemoryTable.Noon;

    [Fact]
    public async Task First_pass_reads_all_rows_below_the_clock_less_the_lag_and_leaves_that_as_the_mark()
    {
        // Given
        var table = new MemoryTable()
            .Put("a", At("09:00:00.5"))
            .Put("b", At("11:58:59.9999999"))
            .Put("c", At("11:59:00"))
            .Put("d", At("11:59:30"));

        // When
        var (items, positions, end, _) = await table.ReadAsync();

        // Then
        Assert.Equal(["a", "b"], items.Ids());
        Assert.Equal(new Checkpoint { Mark = At("11:59:00") }, end);
        Assert.Equal(end, positions[^1]); // final already when the last row is handed out
        Assert.Equal(
            new Checkpoint { Resume = """{"v":1,"upper":"2026-11-04T11:59:00Z","ts":"2026-11-04T09:00:00.5Z","id":"a"}""" },
            positions[0]);
    }

    [Fact]
    public async Task Next_pass_begins_at_the_mark_less_the_lookback_and_counts_what_it_reads_again()
    {
        // Given
        var table = new MemoryTable()
            .Put("old", At("10:49:59.9999999"))
            .Put("late", At("10:50:00"))
            .Put("mark", At("11:00:00"))
            .Put("new", At("11:30:00"));

        // When
        var (items, _, end, progress) = await table.ReadAsync(new Checkpoint { Mark = At("11:00:00") });

        // Then
        Assert.Equal(["late", "mark", "new"], items.Ids());
        Assert.Equal(1, progress.RecordsRepeated);
        Assert.Equal(At("11:59:00"), end.Mark);
    }

    [Fact]
    public async Task Table_without_anything_new_leaves_the_position_exactly_as_it_was()
    {
        // Given
        var table = new MemoryTable().Put("old", At("10:00:00"));
        Checkpoint from = new() { Mark = At("11:00:00"), LastFileName = "from another life.csv" };

        // When
        var (items, _, end, _) = await table.ReadAsync(from);

        // Then
        Assert.Empty(items);
        Assert.Same(from, end);
    }

    [Fact]
    public async Task Empty_table_has_no_mark_after_its_first_pass() =>
        Assert.Equal(Checkpoint.Start, (await new MemoryTable().ReadAsync()).End);

    [Fact]
    public async Task Killed_run_is_continued_behind_its_last_row_and_the_mark_stays_until_the_pass_is_through()
    {
        // Given
        var table = new MemoryTable { Options = new() { Lookback = TimeSpan.Zero } };
        foreach (var number in Enumerable.Range(0, 8))
        {
            table.Put($"row-{number}", At("10:00:00.1234567"));
        }

        var first = await table.ReadAsync(new Checkpoint { Mark = At("09:00:00") }, most: 3);
        table.Clock = () => Noon.AddHours(1);
        table.Put("row-9", At("12:30:00"));

        // When
        var (items, positions, end, progress) = await table.ReadAsync(first.End);

        // Then
        Assert.Equal(At("09:00:00"), first.End.Mark);
        Assert.Equal(
            """{"v":1,"lower":"2026-11-04T09:00:00Z","upper":"2026-11-04T11:59:00Z","ts":"2026-11-04T10:00:00.1234567Z","id":"row-2"}""",
            first.End.Resume);
        Assert.Equal(["row-3", "row-4", "row-5", "row-6", "row-7", "row-9"], items.Ids()); // and a new pass follows
        Assert.Equal(new Checkpoint { Mark = At("11:59:00") }, positions[4]);
        Assert.Equal(new Checkpoint { Mark = At("12:59:00") }, end);
        Assert.Equal(0, progress.RecordsRepeated);
    }

    [Fact]
    public async Task Tie_group_larger_than_a_run_advances_run_by_run()
    {
        // Given
        var table = new MemoryTable();
        for (var number = 0; number < 10; number++)
        {
            table.Put($"row-{number}", At("10:00:00"));
        }

        // When
        List<string> read = [];
        var position = Checkpoint.Start;
        for (var run = 0; run < 5; run++)
        {
            var part = await table.ReadAsync(position, most: 2);
            read.AddRange(part.Items.Ids());
            position = part.End;
        }

        // Then
        Assert.Equal(table.Rows.Select(row => row.Id), read);
        Assert.Equal(new Checkpoint { Mark = At("11:59:00") }, position);
    }

    [Fact]
    public async Task Row_changed_during_a_pass_jumps_into_the_next_one()
    {
        // Given
        var table = new MemoryTable { RowsPerPage = 1 }.Put("a", At("10:00:00")).Put("b", At("10:01:00"));
        table.BeforePage = page => _ = page == 2 ? table.Put("b", At("12:00:01")) : table;

        // When
        var first = await table.ReadAsync();
        table.BeforePage = _ => { };
        table.Clock = () => Noon.AddMinutes(5);
        var second = await table.ReadAsync(first.End);

        // Then
        Assert.Equal(["a"], first.Items.Ids());
        Assert.Equal(["b"], second.Items.Ids());
    }

    [Fact]
    public async Task Continued_pass_whose_remaining_rows_jumped_away_is_still_finished()
    {
        // Given
        var table = new MemoryTable().Put("a", At("10:00:00")).Put("b", At("10:01:00"));
        var first = await table.ReadAsync(most: 1);
        table.Put("b", At("11:59:30"));

        // When
        var (items, _, end, _) = await table.ReadAsync(first.End);

        // Then
        Assert.Empty(items);
        Assert.Equal(new Checkpoint { Mark = At("11:59:00") }, end);
    }

    [Fact]
    public async Task Oldest_running_writer_bounds_the_pass_and_what_it_commits_is_read_afterwards()
    {
        // Given
        var table = new MemoryTable { OldestWriter = At("11:40:00.75") }.Put("a", At("11:39:00")).Put("b", At("11:50:00"));

        // When
        var first = await table.ReadAsync();
        var waiting = await table.ReadAsync(first.End);
        table.OldestWriter = null;
        table.Put("late", At("11:40:00.75"));
        var second = await table.ReadAsync(waiting.End);

        // Then
        Assert.Equal(["a"], first.Items.Ids());
        Assert.Equal(At("11:40:00"), first.End.Mark);
        Assert.Same(first.End, waiting.End);
        Assert.Empty(waiting.Items);
        Assert.Equal(["a", "late", "b"], second.Items.Ids());
    }

    [Fact]
    public async Task Rows_without_a_cursor_or_far_in_the_future_are_told_with_count_and_remedy_and_move_nothing()
    {
        // Given
        var table = new MemoryTable()
            .Put("empty", null)
            .Put("far", At("13:00:00.0000001"))
            .Put("soon", At("12:59:00"))
            .Put("emptier", null);

        // When
        var (items, _, end, _) = await table.ReadAsync();

        // Then
        Assert.Equal(
            [
                "products: 2 rows have nothing in \"changed_at\" and are never read; fill it in, and forbid empty values there",
                "products: 1 row has a time in \"changed_at\" that is more than an hour ahead of the source's clock (2026-11-04 12:00:00Z) "
                    + "and is not read before it has come; correct it, or the clock that wrote it",
            ],
            items.Notices());
        Assert.Empty(items.Ids());
        Assert.Equal(Checkpoint.Start, end);
    }

    [Fact]
    public async Task Mark_ahead_of_the_sources_clock_is_told_and_does_not_go_back()
    {
        // Given
        Checkpoint from = new() { Mark = At("15:00:00") };

        // When
        var (items, _, end, _) = await new MemoryTable().Put("a", At("11:00:00")).ReadAsync(from);

        // Then
        Assert.Contains("set the mark back with \"marketo-lambda reset --to\"", Assert.Single(items.Notices()), StringComparison.Ordinal);
        Assert.Same(from, end);
    }

    [Fact]
    public async Task Mark_set_back_by_hand_below_the_unfinished_pass_starts_a_new_one()
    {
        // Given
        var table = new MemoryTable().Put("a", At("08:00:00")).Put("b", At("11:00:00")).Put("c", At("11:30:00"));
        var half = (await table.ReadAsync(new Checkpoint { Mark = At("11:00:00") }, most: 1)).End;

        // When
        var (items, _, _, _) = await table.ReadAsync(half with { Mark = At("08:00:00") });

        // Then
        Assert.Equal(["a", "b", "c"], items.Ids());
    }

    [Fact]
    public async Task Without_room_for_the_position_the_mark_follows_the_rows_and_never_goes_back()
    {
        // Given
        var table = new MemoryTable().Put("a", At("10:00:00.9")).Put("b", At("10:30:00.2")).Put("c", At("11:30:00"));

        // When
        var (items, positions, end, _) = await table.ReadAsync(new Checkpoint { Mark = At("10:05:00") }, capacity: 20);

        // Then
        Assert.Equal(["a", "b", "c"], items.Ids());
        Assert.Contains("no room for the position within a pass", Assert.Single(items.Notices()), StringComparison.Ordinal);
        Assert.Equal(
            [At("10:05:00"), At("10:30:00"), At("11:59:00")],
            positions.Where((_, index) => items[index] is SourceRecord).Select(position => position.Mark!.Value));
        Assert.All(positions, position => Assert.Null(position.Resume));
        Assert.Equal(At("11:59:00"), end.Mark);
    }

    [Fact]
    public async Task Backfill_ends_where_it_should_and_makes_one_pass_without_lookback()
    {
        // Given
        var table = new MemoryTable { Options = new() { FullPassEvery = TimeSpan.FromDays(1) } }
            .Put("a", At("08:59:00"))
            .Put("b", At("09:00:00"))
            .Put("c", At("10:00:00"))
            .Put("d", At("11:00:00"));

        // When
        var half = await table.ReadAsync(new Checkpoint { Mark = At("09:00:00") }, most: 1, until: At("11:00:00"));
        var rest = await table.ReadAsync(half.End, until: At("11:00:00"));
        var nothing = await table.ReadAsync(rest.End, until: At("11:00:00"));

        // Then
        Assert.Equal(["b", "c"], half.Items.Concat(rest.Items).Ids());
        Assert.Equal(0, rest.Progress.RecordsRepeated);
        Assert.Empty(nothing.Items);
    }

    [Fact]
    public async Task Look_at_the_table_is_taken_once_and_a_pass_without_rows_costs_one_page()
    {
        // Given
        MemoryTable table = new();

        // When
        await table.ReadAsync(new Checkpoint { Mark = At("11:00:00") });

        // Then
        Assert.Equal((1, 1), table.Calls);
    }
}
