using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.State;

/// <summary>Runs over a state object and record that someone created by hand, design section 4.</summary>
public sealed class HandMadeStateTests
{
    [Theory]
    [InlineData("aPIName", "highWaterMarkDT", true)]
    [InlineData("aPIName", "highWaterMarkDT", false)]
    [InlineData("apiName", "HighWaterMarkDt", true)]
    [InlineData("apiname", "highwatermarkdt", false)]
    public void The_mark_alone_is_enough_to_go_on_where_the_last_run_ended(string apiName, string mark, bool ignoresCase)
    {
        // Given
        MarkSource source = new();
        SyncScenario scenario = new(source, options => options.Quirks.FieldNamesIgnoreCase = ignoresCase);
        scenario.Marketo.DefineObject(
            StateFields.ObjectApiName,
            "State",
            FieldDefinition.Key(apiName),
            new FieldDefinition(mark, "datetime"));
        scenario.Marketo.Seed(
            StateFields.ObjectApiName,
            $$"""{ "{{apiName}}": "{{SyncScenario.Product}}", "{{mark}}": "2023-12-24T12:00:02Z" }""");

        scenario.WithRuns();

        // When
        var first = scenario.Run();
        var second = scenario.Run();
        source.Rows += 3;
        var third = scenario.Run();

        // Then: the mark is inclusive, so its own second comes again
        Assert.Equal((RunOutcome.Succeeded, 8L), (first.Outcome, first.Accepted));
        Assert.Equal(1, second.Accepted);
        Assert.Equal((RunOutcome.Succeeded, 4L), (third.Outcome, third.Accepted));
        var record = Assert.Single(scenario.Marketo.Records(StateFields.ObjectApiName));
        Assert.Equal("2023-12-24T12:00:12Z", record[mark]);
        Assert.Equal(SyncScenario.Product, record[apiName]);
    }

    [Fact]
    public void Init_completes_an_object_made_by_hand_in_lower_case_and_keeps_its_record()
    {
        // Given
        SyncScenario scenario = new();
        scenario.Marketo.DefineObject(
            StateFields.ObjectApiName,
            "State",
            FieldDefinition.Key("apiname"),
            new FieldDefinition("highwatermarkdt", "datetime"));
        scenario.Marketo.Seed(
            StateFields.ObjectApiName,
            $$"""{ "apiname": "{{SyncScenario.Product}}", "highwatermarkdt": "2023-12-24T12:34:56Z" }""");

        // When
        scenario.Initialized();

        // Then
        Assert.Single(scenario.Marketo.Records(StateFields.ObjectApiName));
        Assert.Equal(new DateTimeOffset(2023, 12, 24, 12, 34, 56, TimeSpan.Zero), scenario.State().Checkpoint.Mark);
        scenario.Source.Add(3);
        Assert.Equal(RunOutcome.Succeeded, scenario.Run().Outcome);
        Assert.Equal("{\"rows\":3}", scenario.State().Checkpoint.Resume);
    }

    [Theory]
    [InlineData("lastRunOutcome")]
    [InlineData("lastRunNumber")]
    [InlineData("lastRunStartedAt")]
    [InlineData("lastRunEndedAt")]
    [InlineData("lastRunError")]
    public void A_run_that_finds_nothing_new_writes_nothing_whatever_fields_of_the_last_run_there_are(string only)
    {
        // Given
        SyncScenario scenario = new();
        var field = StateFields.All.Single(known => known.Name == only);
        scenario.Marketo.DefineObject(
            StateFields.ObjectApiName,
            "State",
            FieldDefinition.Key("aPIName"),
            new FieldDefinition("resumePosition", "text"),
            new FieldDefinition(only, field.DataType));
        scenario.Marketo.Seed(StateFields.ObjectApiName, $$"""{ "aPIName": "{{SyncScenario.Product}}" }""");
        scenario.WithRuns().Source.Add(3);
        scenario.Run();
        var writes = scenario.Marketo.Journal.Count;

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal(RunOutcome.NothingNew, report.Outcome);
        Assert.Equal(writes, scenario.Marketo.Journal.Count);
    }

    [Fact]
    public void A_record_that_is_new_and_empty_means_a_start_from_the_beginning()
    {
        // Given
        var scenario = new SyncScenario().Initialized();
        var only = Assert.Single(scenario.Marketo.Records(StateFields.ObjectApiName));
        Assert.Equal("0", only["totalRecordsInEpoch"]);
        Assert.NotNull(only["epochStartedAt"]);

        // Then
        Assert.Equal(Checkpoint.Start, scenario.State().Checkpoint);
        Assert.Null(scenario.State().LastRun);
    }

    [Fact]
    public void A_run_that_moved_records_is_not_told_as_nothing_new_even_if_no_position_could_be_kept()
    {
        // Given: the source's position does not fit into the object's fields
        SyncScenario scenario = new(new MarkSource { KeepsMark = false });
        scenario.Marketo.DefineObject(
            StateFields.ObjectApiName,
            "State",
            FieldDefinition.Key("aPIName"),
            new FieldDefinition("highWaterMarkDT", "datetime"));
        scenario.Marketo.Seed(StateFields.ObjectApiName, $$"""{ "aPIName": "{{SyncScenario.Product}}" }""");
        scenario.WithRuns();

        // When
        var report = scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 10L), (report.Outcome, report.Accepted));
    }

    [Theory]
    [InlineData("text", 2000)]
    [InlineData("string", 255)]
    [InlineData(null, 0)]
    public void The_source_is_told_how_much_room_its_position_has(string? dataType, int room)
    {
        // Given
        MarkSource source = new();
        SyncScenario scenario = new(source);
        FieldDefinition[] resume = dataType is null ? [] : [new FieldDefinition("RESUMEPOSITION", dataType)];
        scenario.Marketo.DefineObject(
            StateFields.ObjectApiName,
            "State",
            [FieldDefinition.Key("aPIName"), new FieldDefinition("highWaterMarkDT", "datetime"), .. resume]);
        scenario.Marketo.Seed(StateFields.ObjectApiName, $$"""{ "aPIName": "{{SyncScenario.Product}}" }""");

        // When
        scenario.WithRuns().Run();

        // Then
        Assert.Equal(room, source.Room);
    }

    [Fact]
    public void An_object_without_the_api_name_as_key_is_refused_before_anything_is_read()
    {
        // Given
        SyncScenario scenario = new();
        scenario.Marketo.DefineObject(
            StateFields.ObjectApiName,
            "State",
            FieldDefinition.Key("name"),
            new FieldDefinition("aPIName", "string"),
            new FieldDefinition("highWaterMarkDT", "datetime"));

        // When
        var report = scenario.Run();

        // Then
        Assert.Contains("must be aPIName", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(scenario.Marketo.Calls.Newest, call => call.Kind == CallKind.Sync);
    }

    /// <summary>One row a second, known by its time alone.</summary>
    private sealed class MarkSource : ISource
    {
        private static readonly DateTimeOffset Start = new(2023, 12, 24, 12, 0, 0, TimeSpan.Zero);

        public int Rows { get; set; } = 10;

        public bool KeepsMark { get; init; } = true;

        public int? Room { get; private set; }

        public string Description => "a clock";

        public SourceConventions Conventions => SourceConventions.Invariant;

        public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken)
        {
            Room = request.ResumeCapacity;
            return Task.FromResult<ISourceReader>(new Reader(this, request));
        }

        private sealed class Reader(MarkSource source, ReadRequest request) : ISourceReader
        {
            private int _next = request.From.Mark is { } mark ? (int)(mark - Start).TotalSeconds : 0;
            private int _rowsRead;

            public Checkpoint Position =>
                _rowsRead == 0 || !source.KeepsMark ? request.From : request.From with { Mark = Start.AddSeconds(_next - 1) };

            public SourceProgress Progress => new(RecordsSkipped: 0, Fraction: null);

            public ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
            {
                if (_next >= source.Rows)
                {
                    return new((SourceItem?)null);
                }

                _rowsRead++;
                return new(new SourceRecord(new SourceLocation("clock", ++_next), [$"key-{_next}", "1"]));
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
