using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Batching;

/// <summary>Keys that some unanswered call holds. A key is in at most one of them.</summary>
/// <remarks>
/// Two calls with one key could be executed in either order, so that the older value would win, and Marketo may create the
/// record twice. Source: Adobe, rest-api/leads, "Create and Update"; the knowledge base says the same of custom objects.
/// </remarks>
internal sealed class KeysInFlight
{
    private readonly HashSet<string> _foldedKeys = [];

    public bool Overlaps(Batch batch) => _foldedKeys.Overlaps(batch.FoldedKeys);

    public bool Holds(RecordKey key) => _foldedKeys.Contains(key.Folded);

    public void Add(Batch batch) => _foldedKeys.UnionWith(batch.FoldedKeys);

    public void Remove(Batch batch) => _foldedKeys.ExceptWith(batch.FoldedKeys);
}
