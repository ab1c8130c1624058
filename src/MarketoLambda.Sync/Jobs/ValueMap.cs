namespace MarketoLambda.Sync.Jobs;

/// <summary>What is sent in place of certain values: <c>{ "Y": "yes", "N": "no", "*": "other" }</c>.</summary>
/// <remarks>A value is looked up as it is written, then in any casing, then as <c>*</c>.</remarks>
public sealed class ValueMap
{
    /// <summary>What an entry becomes that leaves its value as it is: <c>{ "keep": true }</c>.</summary>
    public static readonly object Kept = new();

    /// <summary>Stands for every other value.</summary>
    public const string Other = "*";

    private readonly Dictionary<string, object> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _folded = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="entries">Values of the source, each once, and what they become: text, number, boolean or <see cref="Kept"/>.</param>
    public ValueMap(IReadOnlyList<KeyValuePair<string, object>> entries)
    {
        Entries = entries;
        foreach (var (from, to) in entries)
        {
            _exact[from] = to;
            _folded.TryAdd(from, to);
        }
    }

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Entries { get; }

    /// <summary>What the value becomes; null when it is not in the map.</summary>
    public object? Find(string value) =>
        _exact.GetValueOrDefault(value) ?? _folded.GetValueOrDefault(value) ?? _exact.GetValueOrDefault(Other);
}
