using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>The only place where records change. Guarded by the subscription's gate.</summary>
internal sealed class RecordStore(EmulatorOptions options, ObjectCatalog catalog, GuidSequence guids, Journal journal)
{
    /// <summary>Number of the newest write of the subscription.</summary>
    public long Writes { get; private set; }

    /// <param name="call">Null when a test writes.</param>
    public WriteBatch Begin(Call? call, ObjectType type, DateTimeOffset now) => new(call, type, now, FirstWrite: Writes + 1);

    /// <summary>Those of the records that the call can see: all, unless creating is not atomic.</summary>
    public StoredRecord[] Seen(WriteBatch batch, StoredRecord[] all)
    {
        var seen = batch.Call?.WritesSeen;
        return options.Quirks.CreateIsAtomic || seen is null
            ? all
            : [.. all.Where(candidate => candidate.CreatedIn <= seen || candidate.CreatedIn >= batch.FirstWrite)];
    }

    /// <summary>A new record, whatever else has its key.</summary>
    /// <param name="record">Its <see cref="IncomingRecord.Guid"/>, where it has one, must be free.</param>
    public RecordResult Create(WriteBatch batch, IncomingRecord record, int seq)
    {
        var created = Add(batch, record);
        journal.Add(batch, WriteKind.Created, created, seq);
        return RecordResult.Created(created.Guid);
    }

    /// <summary>A new record of which the journal knows nothing.</summary>
    public StoredRecord Add(WriteBatch batch, IncomingRecord record)
    {
        var updatedAt = batch.Schema.IsLead && options.Quirks.FreshLeadsAreUpdatedEarlier ? batch.Seconds - 1 : batch.Seconds;
        var values = FieldValues.Merge([], record.Changes);
        var added = new StoredRecord(IdOf(batch, record), record.CheckedKey, values, batch.Seconds, updatedAt, ++Writes);
        Put(batch, added, record.Changes);
        return added;
    }

    public RecordResult Update(WriteBatch batch, StoredRecord existing, string key, IncomingRecord record, int seq)
    {
        var updated = existing with { Key = key, Values = FieldValues.Merge(existing.Values, record.Changes), UpdatedAt = batch.Seconds };
        Writes++;
        Put(batch, updated, record.Changes);
        journal.Add(batch, WriteKind.Updated, updated, seq);
        return RecordResult.Updated(updated.Guid);
    }

    public RecordResult Delete(WriteBatch batch, StoredRecord record, int seq)
    {
        Writes++;
        batch.Records.Remove(record, batch.Now);
        journal.Add(batch, WriteKind.Deleted, record, seq);
        return RecordResult.Deleted(record.Guid);
    }

    private Guid IdOf(WriteBatch batch, IncomingRecord record)
    {
        if (!batch.Schema.Id.IsNumber)
        {
            return guids.Next();
        }

        var number = record.Guid is { } id ? IdField.NumberOf(id) : batch.Type.LastNumber + 1;
        batch.Type.LastNumber = Math.Max(batch.Type.LastNumber, number);
        return IdField.OfNumber(number);
    }

    private void Put(WriteBatch batch, StoredRecord record, byte[] changes)
    {
        batch.Records.Put(record, batch.Now);
        foreach (var link in batch.Schema.Links)
        {
            if (FieldValues.TryGet(changes, link.Field.Ordinal, out var json))
            {
                catalog.Attach(record.Guid, link, ValueText.From(json));
            }
        }
    }
}
