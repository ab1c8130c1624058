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

/// <summary>Rejects live in Marketo, are found again, and come back in their place: never on top of a newer version.</summary>
public sealed class RejectsInMarketoTests
{
    private const long Person = 7;

    private readonly SyncScenario _scenario = new SyncScenario
    {
        KeepsRejectsInMarketo = true,
        Memory = new MemoryOfAnInstance(),
    }.Initialized();

    public RejectsInMarketoTests() => _scenario.Job = _scenario.Job with
    {
        Fields = [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Value"), new FieldMapping("owner", "Owner")],
        StopAbovePercentRejected = 100,
    };

    [Fact]
    public void A_reject_is_a_record_in_marketo_that_says_what_why_and_from_where()
    {
        // Given
        _scenario.Source.Add([new("a", "1"), new("b", "many"), new("c", "3", Owner: "7")]);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 1L, 1L, 1L), (report.Outcome, report.Accepted, report.Rejected, report.OpenRejects));
        Assert.Equal((1L, 1L), (report.Waiting, report.WaitingInAll));
        Assert.Equal(
            [
                (
                    Key: "product_c#000000001",
                    Stage: "waiting",
                    RecordKey: "c",
                    Code: "1004",
                    Source: "list",
                    Row: "3",
                    Payload: "{\"record\":{\"sku\":\"c\",\"amount\":3,\"owner\":7},\"row\":{\"Key\":\"c\",\"Value\":\"3\",\"Owner\":\"7\"}}"),
                (
                    Key: "product_c#000000002",
                    Stage: "open",
                    RecordKey: "b",
                    Code: "wrong-type",
                    Source: "list",
                    Row: "2",
                    Payload: "{\"row\":{\"Key\":\"b\",\"Value\":\"many\",\"Owner\":\"\"}}"),
            ],
            Rows()
                .Select(row => (
                    row.Key,
                    Stage: row["stage"],
                    RecordKey: row["recordKey"],
                    Code: row["code"],
                    Source: row["source"],
                    Row: row["sourceRow"],
                    Payload: row["payload"])));
        Assert.Equal(("1", "1", "1", "3"), (Stored("openRejects"), Stored("waitingRecords"), Stored("lowestReject"), Stored("nextReject")));
    }

    [Fact]
    public void A_record_whose_person_did_not_exist_is_tried_again_by_a_later_run_on_its_own()
    {
        // Given
        _scenario.Source.Add("a", "1").Add([new("b", "2", Owner: "7")]);
        _scenario.Run();
        _scenario.Marketo.AddLead(Person);

        // When
        var tooSoon = _scenario.Run();
        _scenario.Time.Advance(MarketoRejects.RetryEvery);
        var report = _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.NothingNew, tooSoon.Outcome);
        Assert.Equal((RunOutcome.Succeeded, 1L, 0L, 0L), (report.Outcome, report.Resolved, report.Rejected, report.OpenRejects));
        Assert.Equal("2", _scenario.Marketo.Find("product_c", "b")[0]["amount"]);
        Assert.Equal("resolved", Assert.Single(Rows())["stage"]);
        Assert.Equal(("2", null), (Stored("totalRecordsInEpoch"), Stored("retryRejectsAt")));
    }

    [Fact]
    public void A_job_that_runs_once_a_day_tries_again_once_all_the_same_and_then_no_more()
    {
        // Given
        _scenario.Source.Add([new("a", "1", Owner: "7")]);
        _scenario.Run();

        // When
        _scenario.Time.Advance(TimeSpan.FromHours(25));
        var second = _scenario.Run();
        _scenario.Time.Advance(TimeSpan.FromHours(25));
        _scenario.Run(); // takes note that the notice is over
        _scenario.Time.Advance(TimeSpan.FromHours(25));
        var fourth = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, RunOutcome.NothingNew), (second.Outcome, fourth.Outcome));
        Assert.Equal(("2", "open"), (Assert.Single(Rows())["attempts"], Rows()[0]["stage"]));
        Assert.Null(Stored("retryRejectsAt"));
    }

    [Fact]
    public void A_newer_version_closes_the_reject_before_it_is_sent_so_that_the_older_one_never_lands_on_it()
    {
        // Given
        _scenario.Source.Add([new("a", "1", Owner: "7")]);
        _scenario.Run();
        _scenario.Source.Add("A ", "2").Add("a", "3");
        _scenario.Run();
        _scenario.Marketo.AddLead(Person);

        // When
        _scenario.Time.Advance(TimeSpan.FromHours(1));
        _scenario.Run();
        var retry = Retry();

        // Then
        Assert.Equal(0, retry.Resolved);
        Assert.Equal("superseded", Assert.Single(Rows())["stage"]);
        Assert.Equal("3", _scenario.Marketo.Find("product_c", "a")[0]["amount"]);
        Assert.Equal(["a:3"], Writes("a"));
    }

    [Fact]
    public void A_version_the_mapping_refuses_is_put_aside_before_a_later_version_is_sent()
    {
        // Given
        _scenario.Source.Add([new("a", "one"), new("a", "2"), new("b", "3"), new("b", "four")]);

        // When
        _scenario.Run();

        // Then
        Assert.Equal([("a", "superseded"), ("b", "open")], Rows().Select(row => (row["recordKey"], row["stage"])));
    }

    [Fact]
    public void Whoever_corrects_the_mapping_and_asks_gets_refused_rows_mapped_anew()
    {
        // Given
        _scenario.Job = _scenario.Job with { Fields = [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Owner")] };
        _scenario.Source.Add([new("a", "1", Owner: "x"), new("b", "2", Owner: "y")]);
        _scenario.Run();
        _scenario.Job = _scenario.Job with { Fields = [new FieldMapping("sku", "Key")] };

        // When
        var report = Retry();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 2L, 0L), (report.Outcome, report.Resolved, report.OpenRejects));
        Assert.Equal(2, _scenario.Marketo.Count("product_c"));
        Assert.Contains("rejects tried again", Stored("lastRunOutcome"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_too_long_for_its_field_is_left_out_and_the_row_says_so()
    {
        // Given
        _scenario.Source.Add([new($"key-{new string('x', 200)}", new string('9', 3000))]);

        // When
        _scenario.Run();

        // Then
        var row = Assert.Single(Rows());
        Assert.Equal(("true", null), (row["isPayloadTooLong"]?.ToLowerInvariant(), row["payload"]));
        Assert.Equal(1, Retry().OpenRejects);
    }

    [Fact]
    public void What_a_dead_run_stored_beyond_its_last_checkpoint_is_written_again_and_not_doubled()
    {
        // Given
        _scenario.Source.Add([new("a", "one"), new("b", "2")]);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), objectName: StateFields.ObjectApiName);

        // When
        var failed = _scenario.RunOnce();
        _scenario.Source.Replace(0, row => row with { Value = "1" }, 1); // somebody corrected the row
        _scenario.Source.Add([new("c", "three")]);
        _scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, failed.Outcome);
        Assert.Equal(("c", "open"), (Assert.Single(Rows())["recordKey"], Rows()[0]["stage"]));
        Assert.Equal("1", _scenario.Marketo.Find("product_c", "a")[0]["amount"]);
    }

    [Fact]
    public void Rejects_without_a_key_from_a_place_that_has_no_rows_are_kept_each_for_itself()
    {
        // Given: as of a table whose ids are texts
        PlacelessSource source = new();
        _scenario.Job = _scenario.Job with { Source = source };

        // When
        source.Unreadable = 2;
        _scenario.Run();
        source.Unreadable = 5;
        _scenario.Run();

        // Then
        Assert.Equal((5, "5"), (Rows().Count, Stored("openRejects")));
    }

    [Fact]
    public void Two_versions_that_were_both_refused_are_tried_again_in_their_order()
    {
        // Given
        _scenario.Source.Add([new("a", "1", Owner: "7"), new("a", "two", Owner: "7")]);
        _scenario.Run();
        _scenario.Marketo.AddLead(Person);
        _scenario.Job = _scenario.Job with
        {
            Fields =
            [
                .. _scenario.Job.Fields.Select(field =>
                    field.Field == "amount"
                        ? field with
                        {
                            Map = new ValueMap([KeyValuePair.Create("two", (object)"2"), KeyValuePair.Create("1", (object)"1")]),
                        }
                        : field),
            ],
        };

        // When
        var report = Retry();

        // Then
        Assert.Equal(2, report.Resolved);
        Assert.Equal(["a:1", "a:2"], Writes("a"));
    }

    [Theory]
    [InlineData("1006")]
    [InlineData("611")]
    [InlineData("609")]
    public void A_retry_that_marketo_refuses_as_a_whole_does_not_keep_what_is_new_from_being_imported(string code)
    {
        // Given
        _scenario.Source.Add([new("a", "1", Owner: "7")]);
        _scenario.Run();
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            code == "1006" ? Fault.SkipRecords(code) : Fault.Code(code),
            times: code == "611" ? 4 : 1,
            objectName: SyncScenario.Product);
        _scenario.Source.Add("b", "2");
        _scenario.Time.Advance(TimeSpan.FromHours(1));

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 1L, 0L, 1L), (report.Outcome, report.Accepted, report.Resolved, report.OpenRejects));
        Assert.Equal(("open", "2", code), (Assert.Single(Rows())["stage"], Rows()[0]["attempts"], Rows()[0]["code"]));
    }

    [Fact]
    public void Old_rejects_that_are_over_are_deleted_after_a_week()
    {
        // Given
        _scenario.Source.Add([new("a", "one"), new("b", "two")]);
        _scenario.Run();
        _scenario.Source.Add("a", "1");
        _scenario.Run();

        // When
        _scenario.Time.Advance(MarketoRejects.ClosedKeptFor + TimeSpan.FromHours(1));
        _scenario.Source.Add("c", "1");
        _scenario.Run();

        // Then
        Assert.Equal("b", Assert.Single(Rows())["recordKey"]);
        Assert.Equal(("1", "2", "3"), (Stored("openRejects"), Stored("lowestReject"), Stored("nextReject")));
    }

    [Fact]
    public void Without_the_object_the_run_stops_before_the_reject_and_names_the_remedy()
    {
        // Given
        var scenario = new SyncScenario { KeepsRejectsInMarketo = true }.InitializedWith(StateFields.Definition, RunFields.Definition);
        scenario.Source.Add([new("a", "one")]);

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.Contains("customObjectSyncReject_c. Run \"marketo-lambda init\"", report.Error, StringComparison.Ordinal);
        Assert.Null(report.Checkpoint!.Resume);
    }

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

    private List<RecordView> Rows() =>
        [.. _scenario.Marketo.Records(RejectFields.ObjectApiName).OrderBy(row => row.Key, StringComparer.Ordinal)];

    private string? Stored(string field) => _scenario.Marketo.Find("customObjectSyncMetadata_c", "product_c")[0][field];

    private IEnumerable<string> Writes(string key) =>
        _scenario.Marketo.Sent("product_c", key).Select(write => $"{write.Record.Key}:{write.Record["amount"]}");

    /// <summary>Unreadable records of which nobody can say where they stand.</summary>
    private sealed class PlacelessSource : ISource
    {
        public int Unreadable { get; set; }

        public string Description => "nowhere";

        public SourceConventions Conventions => SourceConventions.Invariant;

        public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<ISourceReader>(new Reader(this, request.From));

        private sealed class Reader(PlacelessSource source, Checkpoint start) : ISourceReader
        {
            private int _next = ListSource.RowsBelow(start.Resume);

            public Checkpoint Position => start with { Resume = $$"""{"rows":{{_next}}}""" };

            public SourceProgress Progress => default;

            public ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken) =>
                new(_next < source.Unreadable ? Next() : null);

            private UnreadableRecord Next()
            {
                _next++;
                return new UnreadableRecord(new SourceLocation("table", 0), "unreadable", "nobody can read it");
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
