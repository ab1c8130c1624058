using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>
/// Every accepted write in the order it took effect, if <see cref="EmulatorOptions.KeepJournal"/> is on. Guarded by the subscription's
/// gate.
/// </summary>
internal sealed class Journal(EmulatorOptions options)
{
    private readonly List<AcceptedWrite> _writes = [];

    public IReadOnlyList<AcceptedWrite> Writes => _writes;

    public void Add(WriteBatch batch, WriteKind kind, StoredRecord record, int seq)
    {
        if (options.KeepJournal)
        {
            _writes.Add(
                new AcceptedWrite(batch.Call?.Entry.Number ?? 0, seq, kind, RecordView.From(batch.Type.ApiName, batch.Schema, record)));
        }
    }
}

/// <summary>A write that took effect, whether or not its caller ever heard of it.</summary>
/// <param name="CallNumber">Which call; 0 for a record seeded by a test.</param>
/// <param name="Seq">Position in that call's input.</param>
/// <param name="Record">The whole record afterwards; for a deletion, before.</param>
public sealed record AcceptedWrite(long CallNumber, int Seq, WriteKind Kind, RecordView Record);

/// <summary>What a write did.</summary>
public enum WriteKind
{
    Created,
    Updated,
    Deleted,
}
