using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>
/// No file is ever taken for finished without proof that it was, and none is read twice. The same on disk and in a bucket.
/// </summary>
public abstract class FinishedFilesTests<TDrop> : DropTests<TDrop>
    where TDrop : Drop, new()
{
    /// <summary>So little room that most files are in the history.</summary>
    private const int Capacity = 450;

    private const int Count = 12;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_new_needs_no_look_into_the_history()
    {
        // Given
        var first = await ReadTwelveAsync();
        // When
        var second = await ReadAsync(first.End);
        // Then
        Assert.Empty(second.Items);
        Assert.Same(first.End, second.End);
        Assert.Equal(0, Folder.History.Reads);
        Assert.InRange(Folder.History.Pages.Count, 1, 2);
    }

    [Fact]
    public async Task A_broken_file_that_was_moved_out_and_comes_back_repaired_is_read_whatever_its_time_of_change()
    {
        // Given
        Folder.With("file-03x.csv", "id\n\"broken\n", age: TimeSpan.FromDays(3));
        await Folder.RefusalAsync();
        Folder.Without("file-03x.csv");
        var first = await ReadTwelveAsync();
        // When
        var second = await ReadAsync(first.End, "file-03x.csv", "id\nrepaired\n", TimeSpan.FromDays(3));
        var third = await ReadAsync(second.End);
        // Then
        Assert.Equal(["repaired"], second.Ids);
        Assert.InRange(Folder.History.Reads, 1, 3);
        Assert.Empty(third.Items);
        Assert.Same(second.End, third.End);
    }

    [Fact]
    public async Task A_replaced_file_is_read_again_however_long_ago_it_was_finished()
    {
        // Given
        var first = await ReadTwelveAsync();
        // When
        var second = await ReadAsync(first.End, "file-02.csv", "id\nother\n", TimeSpan.FromMinutes(30));
        var third = await ReadAsync(second.End);
        // Then
        Assert.Equal(["other"], second.Ids);
        Assert.Equal(["file-02.csv: the file was replaced after it was imported; it is imported again"], second.Notices);
        Assert.Empty(third.Items);
    }

    [Fact]
    public async Task What_is_removed_is_looked_up_once_and_what_is_put_back_is_not_read_again()
    {
        // Given
        var first = await ReadTwelveAsync();
        Folder.Without("file-02.csv").Without("file-05.csv");
        // When
        var second = await ReadAsync(first.End);
        var reads = Folder.History.Reads;
        var third = await ReadAsync(second.End);
        var readsOfThird = Folder.History.Reads;
        var fourth = await ReadAsync(third.End, "file-02.csv", "id\n2\n", TimeSpan.FromHours(1));
        // Then
        Assert.Empty(second.Items);
        Assert.NotEqual(first.End, second.End);
        Assert.Equal((1, 1), (reads, readsOfThird));
        Assert.Same(second.End, third.End);
        Assert.Empty(fourth.Items);
    }

    [Fact]
    public async Task Files_that_are_moved_away_when_they_are_finished_cost_no_look()
    {
        // Given
        var first = await ReadTwelveAsync();
        for (var number = 0; number < Count; number++)
        {
            Folder.Without($"file-{number:00}.csv");
        }

        // When
        var second = await ReadAsync(first.End, "file-12.csv", "id\n12\n", TimeSpan.FromHours(1));
        // Then
        Assert.Equal(["12"], second.Ids);
        Assert.Equal(0, Folder.History.Reads);
    }

    [Fact]
    public async Task Files_that_are_only_touched_are_not_read_again_and_looked_up_once()
    {
        // Given
        var first = await ReadTwelveAsync();
        for (var number = 0; number < Count; number++)
        {
            Folder.With($"file-{number:00}.csv", $"id\n{number}\n", age: TimeSpan.FromMinutes(10));
        }

        // When
        var second = await ReadAsync(first.End);
        var reads = Folder.History.Reads;
        var third = await ReadAsync(second.End);
        // Then
        Assert.Empty(second.Ids);
        Assert.Empty(third.Items);
        Assert.Equal(reads, Folder.History.Reads);
    }

    [Fact]
    public async Task A_pattern_that_takes_in_more_files_reads_them_and_no_others()
    {
        // Given
        Folder.With("a-first.csv", "id\na\n").With("file-05b.csv", "id\nb\n").With("z.csv", "id\nz\n");
        var options = Drop.Options with { Patterns = ["file-??.csv"] };
        var first = await ReadTwelveAsync(options);
        // When
        var second = await ReadAsync(first.End);
        var third = await ReadAsync(second.End);
        // Then
        Assert.Equal(["a", "b", "z"], second.Ids);
        Assert.Empty(third.Items);
    }

    [Fact]
    public async Task What_a_run_that_died_wrote_into_the_history_does_not_count()
    {
        // Given
        var first = await ReadTwelveAsync();
        Assert.NotEmpty(Folder.History.Pages);
        // When: every position it could have left, with the history as it was in the end
        foreach (var (index, position) in first.Positions.Index())
        {
            var rest = await ReadAsync(position);
            // Then
            Assert.Equal(first.Ids[^rest.Ids.Length..], rest.Ids);
            Assert.InRange(rest.Ids.Length, Count - 1 - index, Count - index);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_history_that_somebody_removed_or_changed_stops_the_job_and_says_what_to_do(bool isRemoved)
    {
        // Given
        var first = await ReadTwelveAsync();
        if (isRemoved)
        {
            Folder.History.Pages.Clear();
        }
        else
        {
            var page = Folder.History.Pages[0];
            Folder.History.Pages[0] = page with { Text = page.Text[32..] + page.Text[..32] };
        }

        Folder.Without("file-02.csv");
        // When
        var refusal = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(first.End));
        var forgotten = await ForgetAsync(first.End, "file-10.csv");
        var after = await ReadAsync(forgotten.Checkpoint);
        // Then
        Assert.StartsWith(
            "Records of finished files are missing in Marketo's object customObjectSyncRun_c",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Contains("marketo-lambda files forget JOB --before NAME", refusal.Message, StringComparison.Ordinal);
        Assert.All(after.Ids, id => Assert.InRange(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture), 10, 11));
    }

    [Fact]
    public async Task A_position_of_the_version_before_that_knows_each_file_goes_on()
    {
        // Given
        Folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n").With("c.csv", "id\n3\n4\n").With("d.csv", "id\n5\n");
        var from = await OldAsync(floor: null, ["a.csv", "b.csv"], half: "c.csv", rows: 1);
        // When
        var reading = await Folder.ReadAsync(from);
        // Then
        Assert.Equal(["4", "5"], reading.Ids);
        Assert.Empty((await Folder.ReadAsync(reading.End)).Items);
        Assert.StartsWith("{\"v\":2,", reading.End.Resume, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_position_of_the_version_before_with_a_floor_asks_about_the_files_and_never_imports_or_passes_them_by_itself()
    {
        // Given
        Folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n").With("c.csv", "id\n3\n").With("d.csv", "id\n4\n");
        var from = await OldAsync(floor: "b.csv", ["c.csv"]);
        // When
        var refusal = await Folder.RefusalAsync(from);
        var answered = await ForgetAsync(from, "c.csv");
        var reading = await Folder.ReadAsync(answered.Checkpoint);
        // Then
        Assert.Equal(
            $"Whether 2 of the files in {Folder.Files.Description}, the first of them a.csv, were imported is not known: the stored "
                + "position does not say so of each. "
            + "If they were, \"marketo-lambda files forget JOB --before \"c.csv\"\" marks every file named before that one as finished; "
            + "if not, \"marketo-lambda reset JOB\" imports all files again. Until then nothing is read",
            refusal.Message);
        Assert.Equal((2, 1), (answered.Count, answered.Pending));
        Assert.Equal(["4"], reading.Ids);
        Assert.Empty((await Folder.ReadAsync(reading.End)).Items);
    }

    [Fact]
    public async Task A_floor_below_all_that_is_there_needs_no_question()
    {
        // Given
        Folder.With("b.csv", "id\n2\n").With("c.csv", "id\n3\n").With("d.csv", "id\n4\n");
        // When
        var reading = await Folder.ReadAsync(await OldAsync(floor: "a.csv", ["c.csv"]));
        // Then
        Assert.Equal(["2", "4"], reading.Ids);
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("z.csv")]
    public async Task A_resume_position_that_was_emptied_by_hand_while_a_file_was_finished_asks(string lastFile)
    {
        // Given
        Folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n");
        var from = Checkpoint.Start with { LastFileName = lastFile };
        // When
        var refusal = await Folder.RefusalAsync(from);
        var reading = await Folder.ReadAsync((await ForgetAsync(from, "b.csv")).Checkpoint);
        // Then
        Assert.StartsWith(
            $"Whether 2 of the files in {Folder.Files.Description}, the first of them a.csv, were imported is not known",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(["2"], reading.Ids);
    }

    [Fact]
    public async Task Files_marked_as_finished_stay_so_and_the_half_read_one_among_them_too()
    {
        // Given
        var half = (await Folder.With("a.csv", "id\n1\n2\n").With("b.csv", "id\n3\n").With("c.csv", "id\n4\n").ReadAsync()).Positions[0];
        // When
        var forgotten = await ForgetAsync(half, "c.csv");
        var reading = await Folder.ReadAsync(forgotten.Checkpoint);
        Folder.With("b.csv", "id\nnew\n", age: TimeSpan.FromMinutes(5));
        var replaced = await Folder.ReadAsync(reading.End);
        // Then
        Assert.Equal(["4"], reading.Ids);
        Assert.Empty(reading.Notices);
        Assert.Equal(["new"], replaced.Ids);
    }

    private async Task<Reading> ReadTwelveAsync(CsvFolderOptions? options = null)
    {
        for (var number = 0; number < Count; number++)
        {
            Folder.With($"file-{number:00}.csv", $"id\n{number}\n");
        }

        var reading = await Folder.ReadAsync(capacity: Capacity, options: options);
        Assert.Equal(Count, reading.Ids.Length);
        Folder.History.Reads = 0;
        return reading;
    }

    private Task<Reading> ReadAsync(Checkpoint from) => Folder.ReadAsync(from, Capacity);

    private Task<Reading> ReadAsync(Checkpoint from, string name, string text, TimeSpan age)
    {
        Folder.With(name, text, age);
        return ReadAsync(from);
    }

    private Task<ForgottenFiles> ForgetAsync(Checkpoint from, string before) =>
        new CsvFolderSource(Folder.Files, Drop.Options, Folder.Clock).ForgetAsync(
            new ReadRequest(from, ["id"], Capacity) { History = Folder.History },
            before,
            Stop);

    /// <summary>A position as the version before wrote it.</summary>
    private async Task<Checkpoint> OldAsync(string? floor, IReadOnlyList<string> done, string? half = null, long rows = 0)
    {
        var prints = await Task.WhenAll(
            done.Append(half)
                .OfType<string>()
                .Select(async name =>
                    (await Folder.Files.FindAsync(name, Stop) is { } file ? await Folder.Files.FingerprintAsync(file, Stop) : null)
                    ?? throw new InvalidOperationException(name)));
        var members = new[]
        {
            "\"v\":1,\"seen\":\"2026-03-01T12:00:00Z\"",
            floor is null ? null : $"\"floor\":\"{floor}\"",
            $"\"done\":{{{string.Join(',', done.Zip(prints, (name, print) => $"\"{name}\":\"{print}\""))}}}",
            half is null ? null : $"\"file\":\"{half}\",\"print\":\"{prints[^1]}\",\"rows\":{rows}",
        };
        return Checkpoint.Start with { Resume = $"{{{string.Join(',', members.OfType<string>())}}}", LastFileName = done[^1] };
    }
}
