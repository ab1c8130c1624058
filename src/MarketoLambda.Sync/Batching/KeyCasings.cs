using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Batching;

/// <summary>Keys of a batch that differ in casing or outer blanks only: Marketo may take them for one record, so their versions go one after the other.</summary>
/// <remarks>Of each casing only the last version is sent. In the order of their last versions they leave the same record as all versions would, whether Marketo tells them apart or not.</remarks>
internal sealed class KeyCasings
{
    /// <summary>Casings of one key in a batch; each costs a call.</summary>
    private const int Most = 4;

    private readonly Dictionary<string, List<int>> _byFoldedKey = new(StringComparer.Ordinal);

    /// <summary>Calls that the batch takes.</summary>
    public int Calls => _byFoldedKey.Count == 0 ? 1 : _byFoldedKey.Values.Max(indices => indices.Count);

    /// <summary>The record at <paramref name="next"/> will have a casing that is new to the batch; false where it has enough of them.</summary>
    /// <param name="foldedKey">What the casings have in common.</param>
    /// <param name="first">Index of the casing that came first.</param>
    /// <param name="next">Index of the new one.</param>
    public bool TryAdd(string foldedKey, int first, int next)
    {
        var indices = _byFoldedKey.TryGetValue(foldedKey, out var known) ? known : _byFoldedKey[foldedKey] = [first];
        if (indices.Count >= Most)
        {
            return false;
        }

        indices.Add(next);
        return true;
    }

    /// <summary>Index of the record with exactly this key; null where there is none.</summary>
    public int? Find(RecordKey key, int first, IReadOnlyList<MappedRecord> records) =>
        !_byFoldedKey.TryGetValue(key.Folded, out var indices) ? records[first].Key == key ? first : null
        : indices.FindIndex(index => records[index].Key == key) is var found and >= 0 ? indices[found] : null;

    /// <summary>No other casing came after that record.</summary>
    public bool IsLast(string foldedKey, int index) => !_byFoldedKey.TryGetValue(foldedKey, out var indices) || indices[^1] == index;

    /// <summary>A later version stands at that index now.</summary>
    public void MoveLast(string foldedKey, int index)
    {
        if (_byFoldedKey.TryGetValue(foldedKey, out var indices))
        {
            indices.Remove(index);
            indices.Add(index);
        }
    }

    /// <summary>Which call the record goes in, from 0.</summary>
    public int CallOf(string foldedKey, int index) => _byFoldedKey.TryGetValue(foldedKey, out var indices) ? indices.IndexOf(index) : 0;
}
