using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>The only place where records change. Each record succeeds or is skipped on its own; there is no transaction.</summary>
internal sealed class RecordWriter(EmulatorOptions options, ObjectCatalog catalog, GuidSequence guids, Journal journal, Lock gate)
{
    /// <summary>Number of the newest write of the subscription.</summary>
    public long Writes { get; private set; }

    public RecordResult[] Sync(Call call, ObjectType type, SyncOrder order, ReadOnlySpan<IncomingRecord> records, DateTimeOffset now)
    {
        var results = new RecordResult[records.Length];
        var keys = options.Quirks.RejectDuplicateKeysInRequest ? new HashSet<string>(StringComparer.Ordinal) : null;
        lock (gate)
        {
            var batch = new WriteBatch(call, type, now, FirstWrite: Writes + 1);
            for (var seq = 0; seq < records.Length; seq++)
            {
                var record = records[seq];
                results[seq] = (record.Refusal ?? Refuse(batch, record, keys)) is { } refusal
                    ? RecordResult.Skipped(refusal)
                    : order.ByGuid ? UpdateByGuid(batch, record, seq) : SyncByKey(batch, order.Action, record, seq);
            }
        }

        return results;
    }

    public RecordResult[] Delete(Call call, ObjectType type, bool byGuid, ReadOnlySpan<IncomingRecord> records, DateTimeOffset now)
    {
        var results = new RecordResult[records.Length];
        lock (gate)
        {
            var batch = new WriteBatch(call, type, now, FirstWrite: Writes + 1);
            for (var seq = 0; seq < records.Length; seq++)
            {
                var record = records[seq];
                results[seq] = (record.Refusal ?? call.Skip(record.Key)) is { } refusal
                    ? RecordResult.Skipped(refusal)
                    : Delete(batch, byGuid ? WithGuid(batch, record) : WithKey(batch, record), seq);
            }
        }

        return results;
    }

    /// <summary>Puts a record in without a call, even beside another one with its key.</summary>
    public Guid Seed(ObjectType type, IncomingRecord record, DateTimeOffset now)
    {
        lock (gate)
        {
            return Create(new WriteBatch(null, type, now, Writes + 1), record, seq: 0).Guid;
        }
    }

    private Refusal? Refuse(WriteBatch batch, IncomingRecord record, HashSet<string>? keys)
    {
        if (batch.Call?.Skip(record.Key) is { } skipped)
        {
            return skipped;
        }

        if (keys is not null && record.Key is not null && !keys.Add(record.Key))
        {
            return Refusal.DuplicateInInput;
        }

        foreach (var link in batch.Schema.Links)
        {
            if (FieldValues.TryGet(record.Changes, link.Field.Ordinal, out var json)
                && !catalog.HasParent(link.Target, ValueText.From(json)))
            {
                return link.Target.Name == LinkableObjects.Lead ? Refusal.LeadNotFound : Refusal.ObjectNotFound;
            }
        }

        return null;
    }

    private RecordResult SyncByKey(WriteBatch batch, SyncAction action, IncomingRecord record, int seq)
    {
        var existing = WithKey(batch, record);
        return (action, existing.Length) switch
        {
            (SyncAction.UpdateOnly, 0) => RecordResult.Skipped(Refusal.FromCode(options.Quirks.KeyMissingCode)),
            (_, 0) => Create(batch, record, seq),
            (SyncAction.CreateOnly, _) => RecordResult.Skipped(Refusal.FromCode(options.Quirks.KeyExistsCode)),
            (_, 1) => Update(batch, existing[0], existing[0].Key, record, seq),
            _ => RecordResult.Skipped(Refusal.SeveralMatch),
        };
    }

    /// <remarks>
    /// An update by GUID may change dedupe fields, but not to the key of another record. What Marketo does there is unknown.
    /// </remarks>
    private RecordResult UpdateByGuid(WriteBatch batch, IncomingRecord record, int seq)
    {
        if (WithGuid(batch, record) is not [var existing])
        {
            return RecordResult.Skipped(Refusal.FromCode(options.Quirks.KeyMissingCode));
        }

        var key = StoredKey.After(batch.Schema, existing, record, options.Quirks);
        if (key is null)
        {
            return RecordResult.Skipped(Refusal.Invalid("A dedupe field cannot be null"));
        }

        var taken = key != existing.Key && batch.Records.Current.WithKey(key).Length > 0;
        return taken ? RecordResult.Skipped(Refusal.ObjectExists) : Update(batch, existing, key, record, seq);
    }

    private RecordResult Create(WriteBatch batch, IncomingRecord record, int seq)
    {
        var id = batch.Schema.Id.IsNumber ? IdField.OfNumber(++batch.Type.LastNumber) : guids.Next();
        var values = FieldValues.Merge([], record.Changes);
        var created = new StoredRecord(id, record.CheckedKey, values, batch.Seconds, batch.Seconds, ++Writes);
        batch.Records.Put(created, batch.Now);
        journal.Add(batch, WriteKind.Created, created, seq);
        return RecordResult.Created(created.Guid);
    }

    private RecordResult Update(WriteBatch batch, StoredRecord existing, string key, IncomingRecord record, int seq)
    {
        var updated = existing with { Key = key, Values = FieldValues.Merge(existing.Values, record.Changes), UpdatedAt = batch.Seconds };
        Writes++;
        batch.Records.Put(updated, batch.Now);
        journal.Add(batch, WriteKind.Updated, updated, seq);
        return RecordResult.Updated(updated.Guid);
    }

    private RecordResult Delete(WriteBatch batch, StoredRecord[] existing, int seq)
    {
        if (existing is not [var record])
        {
            return RecordResult.Skipped(
                existing.Length > 0 ? Refusal.SeveralMatch
                : batch.Schema.IsStandard ? Refusal.RecordNotFound
                : Refusal.ObjectNotFound);
        }

        Writes++;
        batch.Records.Remove(record, batch.Now);
        journal.Add(batch, WriteKind.Deleted, record, seq);
        return RecordResult.Deleted(record.Guid);
    }

    /// <summary>Records of the key that this call can see: all, unless creating is not atomic.</summary>
    private StoredRecord[] WithKey(WriteBatch batch, IncomingRecord record)
    {
        var all = batch.Records.Current.WithKey(record.CheckedKey);
        var seen = batch.Call?.WritesSeen;
        return options.Quirks.CreateIsAtomic || seen is null
            ? all
            : [.. all.Where(candidate => candidate.CreatedIn <= seen || candidate.CreatedIn >= batch.FirstWrite)];
    }

    private static StoredRecord[] WithGuid(WriteBatch batch, IncomingRecord record) =>
        batch.Records.Current.TryGet(record.Guid ?? Guid.Empty, out var existing) ? [existing] : [];
}
