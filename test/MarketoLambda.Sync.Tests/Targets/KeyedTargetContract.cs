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
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>
/// What the engine relies on, whatever a job fills: also where a record is nothing but its key, and where the key names a person. One class
/// for each target says how its records look; nothing else differs.
/// </summary>
/// <remarks>
/// What needs fields of the record's own is in <see cref="TargetContract"/>. Opportunity roles and members of lists have none that hold a
/// number or a long text, so they keep to this part alone.
/// </remarks>
public abstract class KeyedTargetContract
{
    private readonly SyncScenario _scenario;
    private readonly RecordedWire _wire = new();

    protected KeyedTargetContract()
    {
        _scenario = new SyncScenario { Network = marketo => _wire.Before(marketo) };
        Define(_scenario.Marketo);
        IReadOnlyList<FieldMapping> fields =
        [
            .. KeyFields.Select(key => new FieldMapping(key, KeyOriginOf(key))),
            .. ValueField is { } field ? [new FieldMapping(field, "Value")] : Array.Empty<FieldMapping>(),
        ];
        _scenario.Job = new SyncJob(SyncScenario.Product, _scenario.Source, KeyFields, fields) { Target = Target };
        _scenario.Initialized();
        _wire.Clear();
    }

    private protected abstract ITarget Target { get; }

    /// <summary>What the emulator calls it.</summary>
    protected abstract string EmulatedName { get; }

    protected abstract IReadOnlyList<string> KeyFields { get; }

    /// <summary>A field whose value can be seen in the end; null where there is none beside the key.</summary>
    protected virtual string? ValueField => null;

    /// <summary>Where the source's key becomes one of the target.</summary>
    protected virtual FieldOrigin KeyOrigin => "Key";

    /// <summary>The same for one field of a key, where they differ.</summary>
    protected virtual FieldOrigin KeyOriginOf(string field) => KeyOrigin;

    /// <summary>A key of the target.</summary>
    protected virtual string Key(string name) => name;

    /// <summary>The same for one field of a key, where they differ.</summary>
    protected virtual object KeyValue(string field, string name) => Key(name);

    /// <summary>The key of a record as the emulator holds it.</summary>
    private protected virtual string StoredKey(RecordView record) => record.Key;

    /// <summary>The keys of all records there are.</summary>
    private protected virtual IReadOnlyList<string> StoredKeys() => [.. Stored().Select(StoredKey)];

    /// <summary>What faults of single records call a record.</summary>
    protected virtual string FaultKey(string name) => KeyOf(name);

    /// <summary>Makes what is filled and whom its records name, where they are not there from the start.</summary>
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
    public void Records_are_deleted_by_their_key_and_those_that_are_gone_are_told_as_not_found() => Use(async writer =>
    {
        await UpsertAsync(writer, Record("a"), Record("b"));

        var results = await writer.DeleteAsync([Record("a"), Record("z")], CallPurpose.Import, CancellationToken.None);

        Assert.Equal([RecordStatus.Deleted, RecordStatus.Skipped], results.Select(result => result.Status));
        Assert.All(results[1].Reasons, reason => Assert.True(MarketoErrorCatalog.Find(reason.Code).MeansNotFound));
        Assert.Equal(KeyOf("b"), Assert.Single(StoredKeys()));
    });

    [Fact]
    public void A_call_takes_as_many_records_as_the_limits_say_and_no_more() => Use(async writer =>
    {
        var most = Target.Limits.Records;
        var records = Enumerable.Range(0, most + 1).Select(number => Record($"key {number}")).ToArray();

        Assert.Equal(most, (await UpsertAsync(writer, records[..most])).Count);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => UpsertAsync(writer, records));
        Assert.Equal(most, StoredKeys().Count);
    });

    [Fact]
    public void A_run_imports_what_is_new_deletes_and_puts_aside_what_is_refused()
    {
        // Given
        _scenario.Source.Add(700);
        _scenario.Marketo.Faults.Always(CallKind.Sync, Fault.SkipRecords("1003", message: null, FaultKey("key-000412")), EmulatedName);
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
        Assert.Equal(698, StoredKeys().Distinct().Count());
        Assert.Equal(ValueField is null ? null : "2", ValueOf("key-000000"));
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
        Assert.Equal((2000, 2000), (StoredKeys().Count, StoredKeys().Distinct().Count()));
    }

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

    /// <summary>How large the bodies of calls were.</summary>
    private protected RecordedWire Wire => _wire;

    /// <summary>A record that is nothing but its key.</summary>
    private protected EncodedRecord Record(string key) => Encode(KeyOnly(key));

    private protected Dictionary<string, object> KeyOnly(string key) => KeyFields.ToDictionary(name => name, name => KeyValue(name, key));

    private protected static EncodedRecord Encode(Dictionary<string, object> fields) =>
        new(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(fields)));

    private protected static Task<IReadOnlyList<RecordResult>> UpsertAsync(ITargetWriter writer, params EncodedRecord[] records) =>
        writer.UpsertAsync(records, CallPurpose.Import, CancellationToken.None);

    private protected IReadOnlyList<string> Values(string key) => [.. KeyFields.Select(field => $"{KeyValue(field, key)}")];

    /// <summary>As the emulator stores it.</summary>
    private protected virtual string KeyOf(string key) => string.Join('\u001f', Values(key));

    private string? ValueOf(string key) =>
        ValueField is { } field ? Assert.Single(Stored(), record => StoredKey(record) == KeyOf(key))[field] : null;
}
