using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Writes and deletes leads. Each succeeds or is skipped on its own.</summary>
internal sealed class LeadWriter(EmulatorOptions options, ObjectCatalog catalog, RecordStore store, Lock gate)
{
    public RecordResult[] Sync(Call call, ObjectType type, LeadOrder order, IReadOnlyList<IncomingRecord> records, DateTimeOffset now)
    {
        var keys = options.Quirks.RejectDuplicateKeysInRequest ? new HashSet<string>(StringComparer.Ordinal) : null;
        lock (gate)
        {
            var batch = store.Begin(call, type, now);
            return
            [
                .. records.Select((record, seq) =>
                    Refuse(batch, order, record, keys) is { } refusal
                        ? RecordResult.Skipped(refusal)
                        : Sync(batch, order, record, seq)),
            ];
        }
    }

    /// <param name="ids">Null for what cannot be an id.</param>
    public RecordResult[] Delete(Call call, ObjectType type, IReadOnlyList<Guid?> ids, DateTimeOffset now)
    {
        lock (gate)
        {
            var batch = store.Begin(call, type, now);
            return
            [
                .. ids.Select((id, seq) =>
                    id is { } known && batch.Records.Current.TryGet(known, out var lead)
                        ? call.Skip(lead.Key) is { } refusal ? RecordResult.Skipped(refusal) : store.Delete(batch, lead, seq)
                        : RecordResult.Skipped(Refusal.LeadNotFound)),
            ];
        }
    }

    private Refusal? Refuse(WriteBatch batch, LeadOrder order, IncomingRecord record, HashSet<string>? keys)
    {
        if (record.Refusal is { } refusal)
        {
            return refusal;
        }

        var lookup = order.LookupText(record);
        return batch.Call?.Skip(lookup)
            ?? (keys is not null && lookup is not null && !keys.Add(lookup) ? Refusal.DuplicateInInput : null)
            ?? MissingParent.Find(batch.Schema, record, catalog);
    }

    private RecordResult Sync(WriteBatch batch, LeadOrder order, IncomingRecord record, int seq)
    {
        var matches = Matches(batch, order, record);
        return (order.Action, matches.Length) switch
        {
            (SyncAction.UpdateOnly, 0) => RecordResult.Skipped(Refusal.LeadNotFound),
            (_, 0) => store.Create(batch, LeadPartitions.Put(batch.Schema, order.PartitionId, record), seq),
            (SyncAction.CreateOnly, _) => RecordResult.Skipped(Refusal.LeadExists),
            (_, > 1) => RecordResult.Skipped(Refusal.SeveralLeadsMatch),
            _ when order.NamesPartition && LeadPartitions.Read(batch.Schema, matches[0]) != order.PartitionId =>
                RecordResult.Skipped(Refusal.OtherPartition),
            _ => store.Update(batch, matches[0], KeyAfter(batch, matches[0], record), record, seq),
        };
    }

    private string KeyAfter(WriteBatch batch, StoredRecord lead, IncomingRecord record) =>
        StoredKey.After(batch.Schema, lead, record, options.Quirks) ?? "";

    private StoredRecord[] Matches(WriteBatch batch, LeadOrder order, IncomingRecord record)
    {
        if (order.Action == SyncAction.CreateDuplicate || order.LookupText(record) is not { } value)
        {
            return [];
        }

        var table = batch.Records.Current;
        StoredRecord[] found =
            order.LookupField is { } field ? table.WithValue(field.Ordinal, value, options.Quirks.KeyValuesIgnoreCase)
            : table.TryGet(record.Guid ?? Guid.Empty, out var lead) ? [lead]
            : [];
        var seen = store.Seen(batch, found);
        return options.Quirks.LeadLookupStaysInPartition && order.Action != SyncAction.UpdateOnly
            ? [.. seen.Where(lead => LeadPartitions.Read(batch.Schema, lead) == order.PartitionId)]
            : seen;
    }
}
