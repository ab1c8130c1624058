namespace MarketoLambda.Sync.Targets.Unchanged;

/// <summary>
/// The keys that a run has met, and what it knows Marketo to have of them without asking: the record that was answered last.
/// </summary>
/// <remarks>
/// It keeps digests and no values, about 100 bytes a key. A key whose last record is on its way, was refused or got no answer is met, and
/// nothing is known of it.
/// </remarks>
internal sealed class SettledRecords
{
    private readonly Dictionary<UInt128, Settled?> _byKey = [];
    private readonly Lock _lock = new();

    /// <summary>Marketo's id of a record that it has to the letter; null where that is not known.</summary>
    public string? Find(ComparedRecord record)
    {
        lock (_lock)
        {
            return _byKey.GetValueOrDefault(record.KeyDigest) is { } settled && settled.Digest == record.Digest ? settled.Id : null;
        }
    }

    /// <summary>Whether records of the key were met before.</summary>
    public bool Has(ComparedRecord record)
    {
        lock (_lock)
        {
            return _byKey.ContainsKey(record.KeyDigest);
        }
    }

    /// <summary>A record is about to be looked for or sent: until it is answered nothing is known of its key.</summary>
    /// <returns>The key was not met before.</returns>
    public bool Begin(ComparedRecord record)
    {
        lock (_lock)
        {
            var isFirst = !_byKey.ContainsKey(record.KeyDigest);
            _byKey[record.KeyDigest] = null;
            return isFirst;
        }
    }

    /// <summary>Marketo took the record, or had it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="id">Marketo's id of it.</param>
    public void Settle(ComparedRecord record, string id)
    {
        lock (_lock)
        {
            _byKey[record.KeyDigest] = new Settled(record.Digest, id);
        }
    }

    private readonly record struct Settled(UInt128 Digest, string Id);
}
