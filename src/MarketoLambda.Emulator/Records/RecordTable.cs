using System.Diagnostics.CodeAnalysis;

namespace MarketoLambda.Emulator.Records;

/// <summary>Records by GUID and by key. Several records may have one key: Marketo does not promise otherwise.</summary>
internal sealed class RecordTable
{
    private readonly Dictionary<Guid, StoredRecord> _byGuid = [];
    private readonly Dictionary<string, Guid> _firstByKey = new(StringComparer.Ordinal);

    /// <summary>The second and later records of a key, which are rare.</summary>
    private readonly Dictionary<string, List<Guid>> _duplicatesByKey = new(StringComparer.Ordinal);

    /// <summary>By the ordinal of a field that was once looked for.</summary>
    private readonly Dictionary<byte, FieldIndex> _indexes = [];

    public int Count => _byGuid.Count;

    /// <summary>All records, in the order of their creation.</summary>
    public IEnumerable<StoredRecord> All => _byGuid.Values.OrderBy(record => record.CreatedIn);

    public bool TryGet(Guid guid, [NotNullWhen(true)] out StoredRecord? record) => _byGuid.TryGetValue(guid, out record);

    /// <summary>Records of the key, in the order of their creation.</summary>
    public StoredRecord[] WithKey(string key)
    {
        if (!_firstByKey.TryGetValue(key, out var first))
        {
            return [];
        }

        return _duplicatesByKey.TryGetValue(key, out var duplicates)
            ? [.. duplicates.Prepend(first).Select(guid => _byGuid[guid]).OrderBy(record => record.CreatedIn)]
            : [_byGuid[first]];
    }

    /// <summary>Records with this value of a field, in the order of their creation.</summary>
    /// <param name="ordinal">Place of the field.</param>
    /// <param name="value">Text of its value.</param>
    /// <param name="ignoreCase">The same at every call for one field.</param>
    public StoredRecord[] WithValue(byte ordinal, string value, bool ignoreCase)
    {
        if (!_indexes.TryGetValue(ordinal, out var index))
        {
            _indexes.Add(ordinal, index = new FieldIndex(ordinal, ignoreCase));
            foreach (var record in _byGuid.Values)
            {
                index.Add(record);
            }
        }

        return [.. index.Find(value).Select(guid => _byGuid[guid]).OrderBy(record => record.CreatedIn)];
    }

    /// <summary>Adds the record, or puts it in the place of the one with its GUID.</summary>
    public void Put(StoredRecord record)
    {
        if (_byGuid.TryGetValue(record.Guid, out var old))
        {
            Unindex(old);
        }

        foreach (var index in _indexes.Values)
        {
            index.Add(record);
        }

        PutByKey(record, old);
    }

    public void Remove(StoredRecord record)
    {
        Unindex(_byGuid.GetValueOrDefault(record.Guid, record));
        RemoveByKey(record);
    }

    public RecordTable Copy()
    {
        var copy = new RecordTable();
        foreach (var record in All)
        {
            copy.Put(record);
        }

        return copy;
    }

    private void Unindex(StoredRecord record)
    {
        foreach (var index in _indexes.Values)
        {
            index.Remove(record);
        }
    }

    private void PutByKey(StoredRecord record, StoredRecord? old)
    {
        if (old is not null && old.Key != record.Key)
        {
            RemoveByKey(old);
            old = null;
        }

        _byGuid[record.Guid] = record;
        if (old is null && !_firstByKey.TryAdd(record.Key, record.Guid))
        {
            DuplicatesOf(record.Key).Add(record.Guid);
        }
    }

    private void RemoveByKey(StoredRecord record)
    {
        _byGuid.Remove(record.Guid);
        if (!_duplicatesByKey.TryGetValue(record.Key, out var duplicates))
        {
            _firstByKey.Remove(record.Key);
            return;
        }

        if (_firstByKey[record.Key] == record.Guid)
        {
            _firstByKey[record.Key] = duplicates[0];
            duplicates.RemoveAt(0);
        }
        else
        {
            duplicates.Remove(record.Guid);
        }

        if (duplicates.Count == 0)
        {
            _duplicatesByKey.Remove(record.Key);
        }
    }

    private List<Guid> DuplicatesOf(string key)
    {
        if (!_duplicatesByKey.TryGetValue(key, out var duplicates))
        {
            _duplicatesByKey.Add(key, duplicates = []);
        }

        return duplicates;
    }
}
