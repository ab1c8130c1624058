using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Sync.Checks;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Tests.Files;

/// <summary>What is told when files do not come as people expect, and where finished ones go.</summary>
public sealed class ArrivalTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_never_stops_being_changed_becomes_a_failure_and_no_longer_is_one_once_it_does()
    {
        // Given: touched a second before each run
        _folder.With("b.csv", "id\n2\n");
        var position = Checkpoint.Start;
        for (var minute = 0; minute <= 60; minute += 15)
        {
            var reading = await _folder.With("a.csv", "id\n1\n", age: TimeSpan.FromSeconds(1)).ReadAsync(position);
            Assert.Empty(reading.Ids);
            Assert.Equal("file-not-settled", Assert.Single(reading.Items.OfType<SourceNotice>()).Code);
            position = reading.End;
            _folder.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        // When
        var refusal = await _folder.With("a.csv", "id\n1\n", age: TimeSpan.FromSeconds(1)).RefusalAsync(position);
        _folder.Clock.Advance(TimeSpan.FromSeconds(20));
        var settled = await _folder.ReadAsync(position);
        // Then
        Assert.StartsWith(
            "a.csv has been changed again and again for more than 60 minutes, and the files after it wait.",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(["1", "2"], settled.Ids);
        Assert.DoesNotContain("waits", settled.End.Resume, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_that_nothing_fits_is_a_notice_in_a_run_and_a_mistake_in_a_check()
    {
        // Given
        var options = Drop.Options with { Patterns = ["products-*.csv"] };
        _folder.With("produkte-2026-11-26.csv", "id\n1\n");
        SyncJob job = new("x_c", new CsvFolderSource(_folder.Path, options, _folder.Clock), ["id"], [new FieldMapping("id", "id")]);
        // When
        var reading = await _folder.ReadAsync(options: options);
        var check = await new JobCheck(job, description: null).ProbeAsync(withSamples: false, TestContext.Current.CancellationToken);
        // Then
        Assert.Equal($"{_folder.Path}: 1 file here, none fits \"products-*.csv\": produkte-2026-11-26.csv", Assert.Single(reading.Notices));
        Assert.Equal(reading.Notices, check.Mistakes);
    }

    [Theory]
    [InlineData(25, 0)]
    [InlineData(27, 1)]
    public async Task Where_no_new_file_came_for_longer_than_expected_the_run_says_so(int hours, int notices)
    {
        // Given
        var options = Drop.Options with { Files = new FolderHabits { ExpectNewEvery = TimeSpan.FromHours(26) } };
        var first = await _folder.With("a.csv", "id\n1\n").ReadAsync(options: options);
        _folder.Clock.Advance(TimeSpan.FromHours(hours));
        // When
        var second = await _folder.ReadAsync(first.End, options: options);
        var third = await _folder.With("b.csv", "id\n2\n").ReadAsync(second.End, options: options);
        // Then
        Assert.Equal(
            Enumerable.Repeat("nothing-new-for-too-long", notices),
            second.Items.OfType<SourceNotice>().Select(notice => notice.Code));
        Assert.Same(first.End, second.End);
        Assert.Empty(third.Notices);
    }

    [Fact]
    public async Task Where_a_file_is_expected_and_none_ever_came_the_run_says_so()
    {
        // When
        var reading = await _folder.ReadAsync(
            options: Drop.Options with
            {
                Files = new FolderHabits { ExpectNewEvery = TimeSpan.FromHours(1) },
            }
        );
        // Then
        Assert.Equal(["no-files", "nothing-new-for-too-long"], reading.Items.OfType<SourceNotice>().Select(notice => notice.Code));
    }

    [Fact]
    public async Task A_finished_file_is_moved_by_the_next_run_and_never_before()
    {
        // Given
        _folder.With("a.csv", "id\n1\n").With("b.csv", "id\n2\n");
        var first = await ReadMovingAsync(Checkpoint.Start);
        var after = Names();
        // When
        var second = await ReadMovingAsync(first.End);
        _folder.With("a.csv", "id\n3\n", age: TimeSpan.FromMinutes(1));
        var third = await ReadMovingAsync(second.End);
        var fourth = await ReadMovingAsync(third.End);
        // Then
        Assert.Equal(["a.csv", "b.csv"], after);
        Assert.Empty(second.Items);
        Assert.Equal(["3"], third.Ids);
        Assert.Empty(fourth.Items);
        Assert.Empty(Names());
        Assert.Equal(
            ["a (2).csv", "a.csv", "b.csv"],
            Directory.GetFiles(Path.Combine(_folder.Path, "done")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_late_file_is_compared_with_newer_ones_that_were_moved()
    {
        // Given
        var first = await ReadMovingAsync(Checkpoint.Start, ("b.csv", "id\n1\n2\n"));
        var second = await ReadMovingAsync(first.End);
        // When
        var third = await ReadMovingAsync(second.End, ("a.csv", "id\n2\n3\n"));
        // Then
        Assert.Empty(Names().Except(["a.csv"]));
        Assert.Equal(["3"], third.Ids);
        Assert.Contains(
            third.Notices,
            notice =>
                notice.EndsWith(
                    "1 file above it was compared, and 1 row of it is not sent, because newer ones of the same records were imported",
                    StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("sub/done")]
    [InlineData("/tmp")]
    public void Files_are_moved_nowhere_but_into_a_folder_inside(string move)
    {
        // Given
        JobProblems problems = new(".");
        JobSection section = new(
            LocatedJson.Parse($$"""{ "folder": ".", "whenFinished": { "move": "{{move}}" } }""", problems)!,
            "jobs.x.source",
            problems);
        // When
        new CsvSourceType(_folder.Clock).Read(section);
        // Then
        Assert.EndsWith(
            "must be the name of a folder inside the folder, such as done/",
            Assert.Single(problems.InOrder).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_a_file_has_settled_is_told_by_the_clock_that_stamped_it()
    {
        // Given: a bucket whose clock is an hour ahead, and a file that is nine seconds old there
        BucketClock clock = new(_folder.Clock);
        clock.Seen(_folder.Clock.GetUtcNow().AddHours(1).ToString("r", System.Globalization.CultureInfo.InvariantCulture));
        _folder.With("a.csv", "id\n1\n", age: TimeSpan.FromSeconds(9) - clock.Ahead);
        RestlessFolder bucket = new(_folder.Files) { ClockAhead = clock.Ahead };
        // When
        var young = await ReadAsync(bucket);
        _folder.Clock.Advance(TimeSpan.FromSeconds(1));
        var settled = await ReadAsync(bucket);
        // Then
        Assert.Equal(TimeSpan.FromHours(1), clock.Ahead);
        Assert.Empty(young.Ids);
        Assert.Equal(["1"], settled.Ids);
        Assert.Empty(settled.Notices);
    }

    private string[] Names() =>
        [.. Directory.GetFiles(_folder.Path).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    private async Task<Reading> ReadMovingAsync(Checkpoint from, (string Name, string Text)? file = null)
    {
        if (file is var (name, text))
        {
            _folder.With(name, text);
        }

        CsvFolderSource source = new(_folder.Path, Drop.Options with { Files = new FolderHabits { MoveTo = "done" } }, _folder.Clock);
        return await ReadAsync(source, from);
    }

    private Task<Reading> ReadAsync(IFileFolder folder) =>
        ReadAsync(new CsvFolderSource(folder, Drop.Options, _folder.Clock), Checkpoint.Start);

    private async Task<Reading> ReadAsync(CsvFolderSource source, Checkpoint from)
    {
        ReadRequest request = new(from, ["id"], Reading.Roomy)
        {
            History = _folder.History,
            KeyOf = record => record.Values[0] is string key ? new SourceKey(key, key) : null,
        };
        await using var reader = await source.OpenAsync(request, TestContext.Current.CancellationToken);
        return await Reading.OfAsync(reader);
    }
}
