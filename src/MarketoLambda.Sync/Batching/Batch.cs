using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Batching;

/// <summary>A stretch of the source that is finished as a whole: the records of one call, and the rejects found among them.</summary>
/// <remarks>
/// A later version of a key takes the place of the earlier one, so a call never holds a key twice. Keys that differ only in
/// casing or outer blanks never share a batch while Marketo may take them for one.
/// </remarks>
internal sealed class Batch(ITarget target, int maxRecords, KeyCasing? casing = null)
{
    /// <summary>Most items of the source in one batch, sent or not: bounds memory when nearly every row is a reject.</summary>
    public const int MaxItems = 1000;

    private readonly List<MappedRecord> _records = new(maxRecords);
    private readonly Dictionary<string, int> _indexByIdentity = new(maxRecords);
    private readonly KeyCasing _casing = casing ?? new KeyCasing();
    private readonly List<RejectedRecord> _rejects = [];
    private readonly HashSet<string> _rejectedKeys = new(StringComparer.Ordinal);
    private int? _acknowledgedItems;
    private long _recordBytes;
    private int _largestRecordBytes;

    /// <summary>What is sent, in source order of each key's first version.</summary>
    public IReadOnlyList<MappedRecord> Records => _records;

    /// <summary>What is not sent.</summary>
    public IReadOnlyList<RejectedRecord> Rejects => _rejects;

    /// <summary>Records that a later version of the same key replaced before they were sent.</summary>
    public int Superseded { get; private set; }

    /// <summary>Folded keys of <see cref="Records"/>.</summary>
    public IEnumerable<string> SentKeys => _records.Select(record => record.Key.Folded);

    /// <summary>The same, and those of <see cref="Rejects"/> where they are known.</summary>
    public IEnumerable<string> FoldedKeys => _rejectedKeys.Count == 0 ? SentKeys : SentKeys.Concat(_rejectedKeys);

    public bool Holds(RecordKey key) => _records.Exists(record => record.Key.Folded == key.Folded) || _rejectedKeys.Contains(key.Folded);

    /// <summary>Where to resume once this batch and all before it are finished; null where the source was already read further.</summary>
    public Checkpoint? EndPosition { get; set; }

    /// <summary>Time to cut, while the next record of ordinary size would still fit: only then is the end's position exact.</summary>
    public bool IsFull => Items >= MaxItems || _records.Count >= maxRecords || !HasRoomFor(2 * _largestRecordBytes, _records.Count + 1);

    /// <summary>Source records this batch accounts for.</summary>
    public int Items => _acknowledgedItems ?? _records.Count + Superseded + _rejects.Count;

    /// <summary>Its records are to be deleted; otherwise they are created or updated. One call does one of the two.</summary>
    public bool IsDeletion => _records.Count > 0 && _records[0].IsDeletion;

    /// <summary>Takes the record in, or returns false: it belongs into the next batch.</summary>
    public bool TryAdd(MappedRecord record)
    {
        if (_records.Count > 0 && record.IsDeletion != IsDeletion)
        {
            return false;
        }

        if (_rejectedKeys.Contains(record.Key.Folded))
        {
            return false; // the earlier version is put aside before this one is sent: it must not come back later
        }

        var identity = _casing.IdentityOf(record.Key);
        if (_indexByIdentity.TryGetValue(identity, out var index))
        {
            if (_casing.IsOne(_records[index].Key, record.Key))
            {
                return TryReplace(index, record.On(_records[index]));
            }

            _casing.Ask(record.Key);
            return false;
        }

        if (Items >= MaxItems || _records.Count >= maxRecords || !HasRoomFor(record.Json.Json.Length, _records.Count + 1))
        {
            return false;
        }

        _indexByIdentity.Add(identity, _records.Count);
        _records.Add(record);
        CountBytes(record, record.Json.Json.Length);
        return true;
    }

    /// <summary>Takes the reject in, which always fits: a batch is cut as soon as it is full.</summary>
    public void Add(RejectedRecord reject)
    {
        _rejects.Add(reject);
        if (reject.FoldedKey is { } key)
        {
            _rejectedKeys.Add(key);
        }
    }

    /// <summary>It is acknowledged and only counts from here on: it may wait long for the batches before it.</summary>
    public void Forget()
    {
        _acknowledgedItems = Items;
        _records.Clear();
        _records.TrimExcess();
        _rejects.Clear();
        _rejects.TrimExcess();
        _indexByIdentity.Clear();
        _indexByIdentity.TrimExcess();
        _rejectedKeys.Clear();
        _rejectedKeys.TrimExcess();
    }

    private bool TryReplace(int index, MappedRecord record)
    {
        var growth = record.Json.Json.Length - _records[index].Json.Json.Length;
        if (Items >= MaxItems || !HasRoomFor(growth, _records.Count))
        {
            return false;
        }

        _records[index] = record;
        CountBytes(record, growth);
        Superseded++;
        return true;
    }

    private void CountBytes(MappedRecord record, int growth)
    {
        _recordBytes += growth;
        _largestRecordBytes = Math.Max(_largestRecordBytes, record.Json.Json.Length);
    }

    private bool HasRoomFor(int bytes, int count) =>
        target.SizeOf(count, _recordBytes + bytes) <= target.Limits.Bytes;
}
