using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Rejects;

/// <summary>
/// Several versions of a key among the rejects: an older one never goes after a newer one, and none is over before Marketo has it or a
/// later one of exactly its key.
/// </summary>
public sealed class RejectOrderTests
{
    private const long Person = 7;

    private SyncScenario _scenario = Scenario();

    [Fact]
    public void When_a_retry_gets_a_version_accepted_the_older_ones_of_its_key_are_over_issue_10_A1()
    {
        // Given: two versions, and the map learns what the newer one means
        Map(("good", 0));
        _scenario.Source.Add("a", "one").Add("a", "two");
        _scenario.Run();
        Map(("two", 2));
        var first = Retry();

        // When: it learns the older one, too
        Map(("two", 2), ("one", 1));
        var second = Retry();

        // Then
        Assert.Equal((1L, 0L, 0L), (first.Resolved, first.OpenRejects, second.Resolved));
        Assert.Equal(["superseded", "resolved"], Rows().Select(row => row["stage"]));
        Assert.Equal(["a:2"], Writes("a"));
    }

    [Fact]
    public void A_scheduled_retry_does_not_send_what_waited_for_a_person_on_top_of_a_version_that_a_retry_brought_in_issue_10_A1()
    {
        // Given: version 1 was refused by Marketo, version 2 by the mapping
        _scenario.Source.Add([new("a", "1", Owner: "7"), new("a", "two")]);
        _scenario.Run();
        Map(("two", 2));
        Retry();
        _scenario.Marketo.AddLead(Person);

        // When
        _scenario.Time.Advance(TimeSpan.FromHours(1));
        _scenario.Run();

        // Then
        Assert.Equal(["a:2"], Writes("a"));
        Assert.Equal("0", Stored("openRejects"));
    }

    [Fact]
    public void Where_the_newer_version_is_refused_once_more_the_older_one_can_still_come_in()
    {
        // Given
        _scenario.Source.Add([new("a", "1", Owner: "7")]);
        _scenario.Run();
        _scenario.Source.Add([new("a", "2", Owner: "8")]);
        _scenario.Run();
        var stages = Rows().Select(row => row["stage"]).ToList();
        _scenario.Marketo.AddLead(Person);

        // When
        _scenario.Time.Advance(TimeSpan.FromHours(1));
        var report = _scenario.Run();

        // Then
        Assert.Equal(["waiting", "waiting"], stages);
        Assert.Equal((1L, 1L), (report.Resolved, report.WaitingInAll));
        Assert.Equal(["a:1"], Writes("a"));
        Assert.Equal(["resolved", "waiting"], Rows().Select(row => row["stage"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_record_that_only_may_be_the_same_closes_no_reject_and_is_not_overwritten_by_a_retry_issue_12_A4(bool marketoFoldsKeys)
    {
        // Given
        _scenario = Scenario(marketoFoldsKeys);
        _scenario.Source.Add([new("0015g00000AbCdE", "x"), new("0015g00000AbCde", "7"), new("0015g00000ZZZZZ", "y")]);

        // When
        var report = _scenario.Run();
        Map(("x", 1), ("y", 2));
        var retry = Retry();

        // Then
        Assert.Equal((2L, 2L), (report.Rejected, report.OpenRejects));
        Assert.Equal((1L, 1L), (retry.Resolved, retry.OpenRejects));
        var kept = Rows()[0];
        Assert.Equal(("0015g00000AbCdE", "held", "wrong-type"), (kept["recordKey"], kept["stage"], kept["code"]));
        Assert.DoesNotContain(
            _scenario.Marketo.Journal,
            write => write.Record.ObjectName == SyncScenario.Product && write.Record["amount"] == "1");
    }

    [Fact]
    public void What_was_held_for_another_casing_is_over_when_exactly_its_key_is_accepted()
    {
        // Given
        _scenario.Source.Add("a", "x").Add("A", "2");
        _scenario.Run();
        _scenario.Source.Add("a", "3");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(0, report.OpenRejects);
        Assert.Equal("superseded", Assert.Single(Rows())["stage"]);
    }

    [Fact]
    public void A_run_that_ends_before_marketo_has_the_newer_version_leaves_the_older_one_open_and_a_retry_leaves_it_alone()
    {
        // Given: Marketo refuses the call with the newer version; nobody knows what a dead run would have got through
        _scenario.Source.Add("a", "one");
        _scenario.Run();
        _scenario.Source.Add("a", "2");
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), objectName: SyncScenario.Product);

        // When
        var failed = _scenario.RunOnce();
        Map(("one", 1), ("2", 2));
        var retry = Retry();
        var next = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 1L), (failed.Outcome, failed.OpenRejects));
        Assert.Equal((0L, 1L), (retry.Resolved, retry.OpenRejects));
        Assert.Equal(0L, next.OpenRejects);
        Assert.Equal(["a:2"], Writes("a"));
    }

    [Fact]
    public void An_older_version_that_is_read_again_leaves_the_reject_of_a_later_one_open_issue_10_A3b()
    {
        // Given
        _scenario.Source.Add("a", "1").Add("a", "two");
        _scenario.Run();

        // When: everything is read again, and the run ends behind the older version
        Reset();
        _scenario.Source.BreakAt(1, new SourceException("somebody took the file away"));
        _scenario.Run();
        Map(("1", 1), ("two", 2));
        var retry = Retry();

        // Then
        Assert.Equal((1L, 0L), (retry.Resolved, retry.OpenRejects));
        Assert.Equal(["a:1", "a:1", "a:2"], Writes("a"));
    }

    [Fact]
    public void The_same_version_that_comes_again_from_another_place_is_one_reject_and_not_two()
    {
        // Given: as a full export repeats it every night
        _scenario.Source.Add("a", "one");
        _scenario.Run();
        _scenario.Source.Add("a", "one");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal(1, report.OpenRejects);
        var row = Assert.Single(Rows());
        Assert.Equal(("2", "2"), (row["attempts"], row["sourceRow"]));
    }

    [Fact]
    public void A_value_that_changed_back_is_a_version_of_its_own()
    {
        // Given
        Map(("good", 0));
        _scenario.Source.Add("a", "one").Add("a", "two").Add("a", "one");
        _scenario.Run();
        Map(("one", 1), ("two", 2));

        // When
        var report = Retry();

        // Then
        Assert.Equal(3, report.Resolved);
        Assert.Equal(["a:1", "a:2", "a:1"], Writes("a"));
    }

    [Fact]
    public void Five_thousand_rejects_are_counted_listed_and_brought_in_by_one_retry_issue_10_A8()
    {
        // Given
        const int Rows = 5000;
        Map(("good", 0));
        _scenario.Source.Add(Rows, "bad");
        var first = _scenario.Run();
        _scenario.Source.Add("z", "good");
        var second = _scenario.Run();
        Map(("good", 0), ("bad", 1));

        // When
        var retry = Retry();

        // Then
        Assert.Equal((Rows, Rows), (first.OpenRejects, second.OpenRejects));
        Assert.Equal((Rows, 0L), (retry.Resolved, retry.OpenRejects));
        Assert.Equal(Rows + 1, _scenario.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void Of_five_thousand_rejects_each_is_closed_by_a_newer_version_whatever_its_number_issue_10_A8()
    {
        // Given
        const int Rows = 5000;
        Map(("good", 0));
        _scenario.Source.Add(Rows, "bad");
        _scenario.Run();
        _scenario.Source.Add("key-000000", "good");

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((Rows - 1, "superseded"), (report.OpenRejects, this.Rows()[0]["stage"]));
    }

    [Fact]
    public void A_run_that_finds_more_rejects_than_are_kept_stops_before_them_and_says_what_to_do()
    {
        // Given: fewer than 100,000, which take minutes
        const int maxOpen = 5000;
        _scenario.MaxOpenRejects = maxOpen;
        Map(("good", 0));
        _scenario.Source.Add(maxOpen, "bad");
        var first = _scenario.Run();
        _scenario.Source.Add("z", "good").Add("one-more", "bad");

        // When
        var full = _scenario.Run();
        Map(("good", 0), ("bad", 1));
        var retry = Retry();
        var last = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, (long)maxOpen), (first.Outcome, first.OpenRejects));
        Assert.Equal((RunOutcome.Failed, (long)maxOpen), (full.Outcome, full.OpenRejects));
        Assert.StartsWith(
            "product_c has 5000 open rejects, and at most 5000 are kept, so the run stopped. Nothing is lost",
            full.Error,
            StringComparison.Ordinal);
        Assert.Equal(((long)maxOpen, 0L), (retry.Resolved, retry.OpenRejects));
        Assert.Equal(RunOutcome.Succeeded, last.Outcome);
        Assert.Equal(maxOpen + 2, _scenario.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void A_hundred_thousand_rejects_are_kept_of_a_job() => Assert.Equal(100_000, new RejectLimits().MaxOpen);

    private static SyncScenario Scenario(bool marketoFoldsKeys = false)
    {
        var scenario = new SyncScenario(marketo: options => options.Quirks.KeyValuesIgnoreCase = marketoFoldsKeys)
        {
            KeepsRejectsInMarketo = true,
            Memory = new MemoryOfAnInstance(),
        }.Initialized();
        scenario.Job = scenario.Job with
        {
            Fields = [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Value"), new FieldMapping("owner", "Owner")],
            StopAbovePercentRejected = 100,
        };
        return scenario;
    }

    private void Map(params (string From, int To)[] entries) =>
        _scenario.Job = _scenario.Job with
        {
            Fields =
            [
                .. _scenario.Job.Fields.Select(field =>
                    field.Field == "amount"
                        ? field with
                        {
                            Map = new ValueMap([.. entries.Select(entry => KeyValuePair.Create(entry.From, (object)(decimal)entry.To))]),
                        }
                        : field),
            ],
        };

    private SyncReport Retry()
    {
        SyncReport? report = null;
        _scenario.Use(async services => report = await services.GetRequiredService<SyncEngine>().WorkOnRejectsAsync(
            _scenario.Job,
            RejectWork.RetryAll(),
            new RunDeadline(_scenario.Time, limit: null, CancellationToken.None),
            CancellationToken.None));
        return report!;
    }

    private void Reset() =>
        _scenario.Use(services =>
            services
                .GetRequiredService<JobReset>()
                .ResetAsync(
                    SyncScenario.Product,
                    to: null,
                    startsEpoch: false,
                    new RunDeadline(_scenario.Time, limit: null, CancellationToken.None),
                    CancellationToken.None));

    private List<RecordView> Rows() =>
        [.. _scenario.Marketo.Records(RejectFields.ObjectApiName).OrderBy(row => row.Key, StringComparer.Ordinal)];

    private string? Stored(string field) => _scenario.Marketo.Find("customObjectSyncMetadata_c", "product_c")[0][field];

    private IEnumerable<string> Writes(string key) =>
        _scenario.Marketo.Sent("product_c", key).Select(write => $"{write.Record.Key}:{write.Record["amount"]}");
}
