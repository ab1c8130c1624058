using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Leads that a test puts in without a call. Guarded by the subscription's gate.</summary>
internal sealed class LeadSeed(EmulatorOptions options, ObjectType type, RecordStore store)
{
    /// <param name="fields">Any fields that people may write, and <c>id</c> if it matters.</param>
    /// <param name="id">The lead's id.</param>
    /// <returns>Why Marketo would skip such a lead; null when it is in.</returns>
    public Refusal? Put(JsonElement fields, DateTimeOffset now, out Guid id)
    {
        id = default;
        var record = new RecordReader(type.Newest, options).Read(fields);
        if (record.Refusal is not null)
        {
            return record.Refusal;
        }

        if (Has(record.Guid))
        {
            return Refusal.LeadExists;
        }

        id = store.Create(store.Begin(null, type, now), InFirstPartition(record), seq: 0).Guid;
        return null;
    }

    /// <summary>A lead of which the journal knows nothing; nothing where there is one with this id.</summary>
    public Refusal? PutUnseen(JsonElement fields, DateTimeOffset now)
    {
        var record = new RecordReader(type.Newest, options).Read(fields);
        if (record.Refusal is null && !Has(record.Guid))
        {
            store.Add(store.Begin(null, type, now), InFirstPartition(record));
        }

        return record.Refusal;
    }

    private bool Has(Guid? id) => id is { } known && type.Records.Current.TryGet(known, out _);

    private IncomingRecord InFirstPartition(IncomingRecord record) =>
        LeadPartitions.Put(type.Newest, options.LeadPartitions[0].Id, record with { Key = record.Key ?? "" });
}
