using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>The values of one column that were looked at, each once.</summary>
/// <param name="name">The column.</param>
internal sealed class ColumnSample(string name)
{
    private readonly Dictionary<object, ColumnValue> _values = [];

    public string Name => name;

    /// <summary>Values that are not empty, each once.</summary>
    public IReadOnlyList<ColumnValue> Values => [.. _values.Values];

    /// <summary>Rows with a value.</summary>
    public long Filled { get; private set; }

    /// <summary>Rows without one.</summary>
    public long Empty { get; private set; }

    /// <summary>Every row has a value, and no two have the same.</summary>
    public bool IsUnique => Empty == 0 && Filled > 0 && _values.Count == Filled;

    public void Add(object? value, SourceLocation place)
    {
        if (value is null || (value is string text && string.IsNullOrWhiteSpace(text)))
        {
            Empty++;
            return;
        }

        Filled++;
        _values[value] = _values.TryGetValue(value, out var known)
            ? known with { Count = known.Count + 1 }
            : new ColumnValue(value, Count: 1, place);
    }
}

/// <summary>A value of a column.</summary>
/// <param name="Value">Text, or the source's own type.</param>
/// <param name="Count">Rows that have it.</param>
/// <param name="First">The first of them.</param>
internal sealed record ColumnValue(object Value, long Count, SourceLocation First);
