using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Checks;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>The same, and what fields of the record's own show: values, updates, sizes.</summary>
public abstract class TargetContract : KeyedTargetContract
{
    /// <summary>A field of type integer.</summary>
    protected abstract string NumberField { get; }

    /// <summary>A field of at least 2000 characters.</summary>
    protected abstract string LongField { get; }

    protected override string ValueField => NumberField;

    /// <summary>The size that is told for a call is that of its body; otherwise it is as large at least.</summary>
    protected virtual bool TellsExactSize => true;

    /// <summary>Of a record that is refused nothing is there; otherwise a call before the one that refuses it may have made it.</summary>
    protected virtual bool IsRefusedAsAWhole => true;

    /// <summary>Keys that are hard to write in an address, as far as the target can be asked for them.</summary>
    protected virtual IReadOnlyList<string> OddKeys => ["a,b", "ü & <c>"];

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
        Assert.Equal(IsRefusedAsAWhole ? [KeyOf("a"), KeyOf("c")] : [KeyOf("a"), KeyOf("b"), KeyOf("c")], StoredKeys());
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
        var upsert = Wire.LastBody;
        await writer.DeleteAsync(records, CallPurpose.Import, CancellationToken.None);

        Assert.InRange(upsert, TellsExactSize ? told : 1, told);
        Assert.InRange(Wire.LastBody, 1, told);
    });

    [Fact]
    public void The_engine_keeps_to_the_limits_of_a_call()
    {
        // Given: 900 records of 2,000 characters are more than a million bytes
        Scenario.Job = Scenario.Job with { Fields = [.. Scenario.Job.Fields.SkipLast(1), new FieldMapping(LongField, "Value")] };
        Scenario.Source.Add(900, new string('x', 1990));

        // When
        var report = Scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 900L), (report.Outcome, report.Accepted));
        Assert.Equal(900, Stored().Count);
        Assert.All(Wire.Bodies, bytes => Assert.InRange(bytes, 0, Target.Limits.Bytes));
        Assert.All(Scenario.Marketo.Calls.Newest, call => Assert.InRange(call.Records, 0, Target.Limits.Records));
    }

    [Fact]
    public void A_check_refuses_a_field_that_is_not_there_and_a_key_that_is_none() =>
        Use(async writer =>
        {
            var job = Scenario.Job with
            {
                KeyFields = [NumberField],
                Fields = [.. Scenario.Job.Fields, new FieldMapping("noSuchField", "Value")],
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

    /// <summary>A record with a number, or something else in its place.</summary>
    private protected EncodedRecord Record(string key, int? number = null, string? wrong = null)
    {
        var fields = KeyOnly(key);
        if ((wrong ?? (object?)number) is { } value)
        {
            fields[NumberField] = value;
        }

        return Encode(fields);
    }
}
