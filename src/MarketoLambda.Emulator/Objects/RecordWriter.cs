using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Writes the records of a call. Each succeeds or is skipped on its own; there is no transaction.</summary>
internal sealed class RecordWriter(EmulatorOptions options, ObjectCatalog catalog, RecordStore store, Lock gate)
{
    public RecordResult[] Sync(Call call, ObjectType type, SyncOrder order, ReadOnlySpan<IncomingRecord> records, DateTimeOffset now)
    {
        var results = new RecordResult[records.Length];
        var keys = options.Quirks.RejectDuplicateKeysInRequest ? new HashSet<string>(StringComparer.Ordinal) : null;
        lock (gate)
        {
            var batch = store.Begin(call, type, now);
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
            var batch = store.Begin(call, type, now);
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
            return store.Create(store.Begin(null, type, now), record, seq: 0).Guid;
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

        return MissingParent.Find(batch.Schema, record, catalog);
    }

    private RecordResult SyncByKey(WriteBatch batch, SyncAction action, IncomingRecord record, int seq)
    {
        var existing = WithKey(batch, record);
        return (action, existing.Length) switch
        {
            (SyncAction.UpdateOnly, 0) => RecordResult.Skipped(Refusal.FromCode(options.Quirks.KeyMissingCode)),
            (_, 0) => RequiredField.Missing(batch.Schema, record, options.Quirks) is { } refusal
                ? RecordResult.Skipped(refusal)
                : store.Create(batch, record, seq),
            (SyncAction.CreateOnly, _) => RecordResult.Skipped(Refusal.FromCode(options.Quirks.KeyExistsCode)),
            (_, 1) => store.Update(batch, existing[0], existing[0].Key, record, seq),
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
        return taken ? RecordResult.Skipped(Refusal.ObjectExists) : store.Update(batch, existing, key, record, seq);
    }

    private RecordResult Delete(WriteBatch batch, StoredRecord[] existing, int seq) =>
        existing is [var record]
            ? catalog.IsNamed(batch.Type, record) ? RecordResult.Skipped(Refusal.InUse) : store.Delete(batch, record, seq)
            : RecordResult.Skipped(
                existing.Length > 0 ? Refusal.SeveralMatch
                : batch.Schema.IsStandard ? Refusal.RecordNotFound
                : Refusal.ObjectNotFound);

    private StoredRecord[] WithKey(WriteBatch batch, IncomingRecord record) =>
        store.Seen(batch, batch.Records.Current.WithKey(record.CheckedKey));

    private static StoredRecord[] WithGuid(WriteBatch batch, IncomingRecord record) =>
        batch.Records.Current.TryGet(record.Guid ?? Guid.Empty, out var existing) ? [existing] : [];
}
