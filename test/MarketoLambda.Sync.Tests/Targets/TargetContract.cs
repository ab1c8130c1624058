using System.Text;
using System.Text.Json;
using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Checks;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>
/// What the engine relies on, whatever a job fills. One class for each target says how its records look; nothing else differs.
/// </summary>
public abstract class TargetContract
{
    private readonly SyncScenario _scenario;
    private readonly RecordedWire _wire = new();

    protected TargetContract()
    {
        _scenario = new SyncScenario { Network = marketo => _wire.Before(marketo) };
        Define(_scenario.Marketo);
        IReadOnlyList<FieldMapping> fields =
        [
            .. KeyFields.Select(key => new FieldMapping(key, KeyOrigin)),
            new FieldMapping(NumberField, "Value"),
        ];
        _scenario.Job = new SyncJob(SyncScenario.Product, _scenario.Source, KeyFields, fields) { Target = Target };
        _scenario.Initialized();
        _wire.Clear();
    }

    private protected abstract ITarget Target { get; }

    /// <summary>What the emulator calls it.</summary>
    protected abstract string EmulatedName { get; }

    protected abstract IReadOnlyList<string> KeyFields { get; }

    /// <summary>A field of type integer.</summary>
    protected abstract string NumberField { get; }

    /// <summary>A field of at least 2000 characters.</summary>
    protected abstract string LongField { get; }

    /// <summary>Where the source's key becomes one of the target.</summary>
    protected virtual FieldOrigin KeyOrigin => "Key";

    /// <summary>A key of the target.</summary>
    protected virtual string Key(string name) => name;

    /// <summary>The key of a record as the emulator holds it.</summary>
    private protected virtual string StoredKey(RecordView record) => record.Key;

    /// <summary>Keys that are hard to write in an address, as far as the target can be asked for them.</summary>
    protected virtual IReadOnlyList<string> OddKeys => ["a,b", "ü & <c>"];

    /// <summary>Makes what is filled, where it is not there from the start.</summary>
    protected abstract void Define(MarketoEmulator marketo);

    [Fact]
    public void It_says_what_it_is_and_what_to_do_where_it_is_missing()
    {
        Assert.NotEmpty(Target.Description);
        Assert.NotEmpty(Target.WhatIsMissing);
        Assert.EndsWith(".", Target.RemedyWhereMissing, StringComparison.Ordinal);
        Assert.All(Target.Advice, advice => Assert.False(advice.EndsWith('.')));
    }

    [Fact]
    public void A_description_lists_what_a_key_is_and_the_fields() => Use(async writer =>
    {
        var described = await writer.DescribeAsync(CancellationToken.None);

        Assert.Equal(KeyFields, described!.DedupeFields);
        Assert.Equal(DataType.Integer, described.FindField(NumberField.ToUpperInvariant())!.DataType);
        Assert.True(described.FindField(LongField) is { IsUpdateable: true, Length: >= 2000 });
        Assert.All(KeyFields, key => Assert.NotNull(described.FindField(key)));
        Assert.False(described.FindField("createdAt")!.IsUpdateable);
        Assert.Same(Target, writer.Target);
    });

    [Fact]
    public void Records_are_created_and_then_updated_and_keep_their_id() => Use(async writer =>
    {
        var created = await UpsertAsync(writer, Record("a", number: 1), Record("b"));
        var updated = await UpsertAsync(writer, Record("b", number: 2), Record("c"));

        Assert.Equal([RecordStatus.Created, RecordStatus.Created], created.Select(result => result.Status));
        Assert.Equal([RecordStatus.Updated, RecordStatus.Created], updated.Select(result => result.Status));
        Assert.Equal([0, 1], updated.Select(result => result.Position));
        Assert.Equal(created[1].Id, updated[0].Id);
        Assert.Equal(3, created.Concat(updated).Select(result => result.Id).Distinct().Count(id => id is not null));
        Assert.Equal(["1", "2", null], Stored().Select(record => record[NumberField]));
    });

    [Fact]
    public void A_record_that_is_refused_leaves_the_others() => Use(async writer =>
    {
        var results = await UpsertAsync(writer, Record("a"), Record("b", wrong: "many"), Record("c"));

        Assert.Equal([RecordStatus.Created, RecordStatus.Skipped, RecordStatus.Created], results.Select(result => result.Status));
        Assert.Equal([0, 1, 2], results.Select(result => result.Position));
        Assert.NotEmpty(results[1].Reasons);
        Assert.Null(results[1].Id);
        Assert.Equal([KeyOf("a"), KeyOf("c")], Stored().Select(StoredKey));
    });

    [Fact]
    public void A_batch_that_is_sent_again_changes_nothing() => Use(async writer =>
    {
        var batch = Enumerable.Range(0, 50).Select(number => Record($"key {number}", number)).ToArray();
        await UpsertAsync(writer, batch);
        var before = Stored().Select(record => (record.MarketoGuid, record[NumberField])).ToList();

        var again = await UpsertAsync(writer, batch);

        Assert.All(again, result => Assert.Equal(
            Target.Mode.ComparesFirst ? RecordStatus.Unchanged : RecordStatus.Updated,
            result.Status));
        Assert.Equal(before, Stored().Select(record => (record.MarketoGuid, record[NumberField])));
    });

    [Fact]
    public void Records_are_deleted_by_their_key_and_those_that_are_gone_are_told_as_not_found() => Use(async writer =>
    {
        await UpsertAsync(writer, Record("a"), Record("b"));

        var results = await writer.DeleteAsync([Record("a"), Record("z")], CallPurpose.Import, CancellationToken.None);

        Assert.Equal([RecordStatus.Deleted, RecordStatus.Skipped], results.Select(result => result.Status));
        Assert.All(results[1].Reasons, reason => Assert.True(MarketoErrorCatalog.Find(reason.Code).MeansNotFound));
        Assert.Equal(KeyOf("b"), StoredKey(Assert.Single(Stored())));
    });

    [Fact]
    public void Records_are_read_by_their_keys_however_many_and_however_written() => Use(async writer =>
    {
        string[] names = [.. Enumerable.Range(0, 301).Select(number => $"key {number}"), .. OddKeys];
        foreach (var some in names.Chunk(300))
        {
            await UpsertAsync(writer, [.. some.Select((name, number) => Record(name, number))]);
        }

        var read = await writer.ReadAsync(KeyFields, [.. names.Append("nobody").Select(Values)], [NumberField], CancellationToken.None);

        Assert.Equal(
            names.Select(Key).Order(StringComparer.Ordinal),
            read.Select(record => record.Fields[KeyFields[0]].GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(
            7,
            Assert.Single(read, record => record.Fields[KeyFields[0]].GetString() == Key("key 7")).Fields[NumberField].GetInt32());
        Assert.Equal(names.Length, read.Select(record => record.Id).Distinct().Count());
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public void The_size_that_is_told_is_the_size_on_the_wire(int count) => Use(async writer =>
    {
        var records = Enumerable.Range(0, count).Select(number => Record($"{OddKeys[^1]} {number}", number)).ToArray();
        var told = Target.SizeOf(count, records.Sum(record => (long)record.Json.Length));

        await UpsertAsync(writer, records);
        var upsert = _wire.LastBody;
        await writer.DeleteAsync(records, CallPurpose.Import, CancellationToken.None);

        Assert.Equal(told, upsert);
        Assert.InRange(_wire.LastBody, 1, told);
    });

    [Fact]
    public void A_call_takes_as_many_records_as_the_limits_say_and_no_more() => Use(async writer =>
    {
        var most = Target.Limits.Records;
        var records = Enumerable.Range(0, most + 1).Select(number => Record($"key {number}")).ToArray();

        Assert.Equal(most, (await UpsertAsync(writer, records[..most])).Count);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => UpsertAsync(writer, records));
        Assert.Equal(most, Stored().Count);
    });

    [Fact]
    public void The_engine_keeps_to_the_limits_of_a_call()
    {
        // Given: 900 records of 2,000 characters are more than a million bytes
        _scenario.Job = _scenario.Job with { Fields = [.. _scenario.Job.Fields.SkipLast(1), new FieldMapping(LongField, "Value")] };
        _scenario.Source.Add(900, new string('x', 1990));

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 900L), (report.Outcome, report.Accepted));
        Assert.Equal(900, Stored().Count);
        Assert.All(_wire.Bodies, bytes => Assert.InRange(bytes, 0, Target.Limits.Bytes));
        Assert.All(_scenario.Marketo.Calls.Newest, call => Assert.InRange(call.Records, 0, Target.Limits.Records));
    }

    [Fact]
    public void A_run_imports_what_is_new_deletes_and_puts_aside_what_is_refused()
    {
        // Given
        _scenario.Source.Add(700);
        _scenario.Marketo.Faults.Always(CallKind.Sync, Fault.SkipRecords("1003", message: null, KeyOf("key-000412")), EmulatedName);
        var first = _scenario.Run();
        _scenario
            .Source.Add("key-000000", "2")
            .Add([new ListSource.ListRow("key-000001", "", IsDeletion: true), new ListSource.ListRow("nobody", "", IsDeletion: true)]);

        // When
        var second = _scenario.Run();
        var third = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 699L, 1L), (first.Outcome, first.Accepted, first.Rejected));
        Assert.Equal((RunOutcome.Succeeded, 3L, 0L), (second.Outcome, second.Accepted, second.Rejected));
        Assert.Equal(RunOutcome.NothingNew, third.Outcome);
        Assert.Equal("1003", Assert.Single(_scenario.Rejects.Stored).Code);
        Assert.Equal(698, Stored().Count);
        Assert.Equal("2", Assert.Single(Stored(), record => StoredKey(record) == KeyOf("key-000000"))[NumberField]);
    }

    [Fact]
    public void After_an_unclear_answer_nothing_is_lost_and_nothing_is_there_twice()
    {
        // Given: the call took effect, or is about to
        _scenario.Source.Add(2000);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Http(502).AfterEffect(), nth: 3, objectName: EmulatedName);
        _scenario.Marketo.Faults.On(
            CallKind.Sync,
            Fault.BrokenConnection().TakesEffectAfter(Target.Limits.MaxExecution),
            nth: 4,
            objectName: EmulatedName);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 2000L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.Equal(2000, Stored().Select(StoredKey).Distinct().Count());
        Assert.Equal(2000, Stored().Count);
    }

    [Fact]
    public void A_check_refuses_a_field_that_is_not_there_and_a_key_that_is_none() =>
        Use(async writer =>
        {
            var job = _scenario.Job with
            {
                KeyFields = [NumberField],
                Fields = [.. _scenario.Job.Fields, new FieldMapping("noSuchField", "Value")],
            };

            var found = await new JobCheck(job, await writer.DescribeAsync(CancellationToken.None)).ProbeAsync(
                withSamples: false,
                CancellationToken.None);

            Assert.Contains(found.Mistakes, mistake => mistake.Contains("has no field \"noSuchField\"", StringComparison.Ordinal));
            Assert.Contains(
                found.Mistakes,
                mistake =>
                    mistake.Contains(
                        $"its key is \"{NumberField}\", but the object's dedupe field is \"{KeyFields[0]}\"",
                        StringComparison.Ordinal));
            Assert.All(Target.Advice, advice => Assert.Contains(advice, found.Notes));
        });

    [Fact]
    public void A_call_that_is_refused_as_a_whole_is_a_failure_with_its_code() => Use(async writer =>
    {
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("609"), objectName: EmulatedName);

        var failure = await Assert.ThrowsAsync<MarketoRequestException>(() => UpsertAsync(writer, Record("a")));

        Assert.Equal(("609", true), (failure.Code, failure.MayBeContent));
    });

    private protected SyncScenario Scenario => _scenario;

    private protected IReadOnlyList<RecordView> Stored() => _scenario.Marketo.Records(EmulatedName);

    private protected void Use(Func<ITargetWriter, Task> act) =>
        _scenario.Use(services => act(Target.Open(services.GetRequiredService<MarketoClient>())));

    /// <summary>A record whose key fields all have that value.</summary>
    private protected EncodedRecord Record(string key, int? number = null, string? wrong = null)
    {
        Dictionary<string, object> fields = KeyFields.ToDictionary(name => name, _ => (object)Key(key));
        if ((wrong ?? (object?)number) is { } value)
        {
            fields[NumberField] = value;
        }

        return new EncodedRecord(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(fields)));
    }

    private protected static Task<IReadOnlyList<RecordResult>> UpsertAsync(ITargetWriter writer, params EncodedRecord[] records) =>
        writer.UpsertAsync(records, CallPurpose.Import, CancellationToken.None);

    private IReadOnlyList<string> Values(string key) => [.. KeyFields.Select(_ => Key(key))];

    /// <summary>As the emulator stores it.</summary>
    private string KeyOf(string key) => string.Join('\u001f', Values(key));
}
