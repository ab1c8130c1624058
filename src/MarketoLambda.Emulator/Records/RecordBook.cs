using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Records;

/// <summary>The records of one object as they are, and as queries see them when reads lag behind writes.</summary>
internal sealed class RecordBook(EmulatorOptions options)
{
    private readonly Queue<Change> _unseen = new();
    private RecordTable? _lagging;

    public RecordTable Current { get; } = new();

    public void Put(StoredRecord record, DateTimeOffset now) => Apply(new Change(now, record, IsRemoval: false));

    public void Remove(StoredRecord record, DateTimeOffset now) => Apply(new Change(now, record, IsRemoval: true));

    /// <summary>What a query sees now: everything older than <see cref="EmulatorQuirks.ReadLag"/>.</summary>
    public RecordTable Visible(DateTimeOffset now)
    {
        if (_lagging is null)
        {
            return Current;
        }

        while (_unseen.TryPeek(out var change) && change.At + options.Quirks.ReadLag <= now)
        {
            _unseen.Dequeue().ApplyTo(_lagging);
        }

        if (_unseen.Count > 0)
        {
            return _lagging;
        }

        _lagging = null;
        return Current;
    }

    private void Apply(Change change)
    {
        if (options.Quirks.ReadLag > TimeSpan.Zero || _lagging is not null)
        {
            _lagging ??= Current.Copy();
            _unseen.Enqueue(change);
        }

        change.ApplyTo(Current);
    }

    private sealed record Change(DateTimeOffset At, StoredRecord Record, bool IsRemoval)
    {
        public void ApplyTo(RecordTable table)
        {
            if (IsRemoval)
            {
                table.Remove(Record);
            }
            else
            {
                table.Put(Record);
            }
        }
    }
}
