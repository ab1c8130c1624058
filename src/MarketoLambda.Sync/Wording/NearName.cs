namespace MarketoLambda.Sync.Wording;

/// <summary>The known name that an unknown one may have meant.</summary>
public static class NearName
{
    /// <summary>A name may have so many mistakes, or be the beginning of another.</summary>
    private const int MaxMistakes = 2;

    /// <summary>Null where none is near.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var near = known.MinBy(other => (EditDistance.Between(other, name), Math.Abs(other.Length - name.Length)));
        return near is not null && IsNear(near, name) ? near : null;
    }

    /// <summary>Completes a sentence about an unknown name: with the near one, or with all.</summary>
    /// <param name="name">The unknown one.</param>
    /// <param name="known">Those that exist.</param>
    /// <param name="mark">What stands around a name.</param>
    public static string Hint(string name, IEnumerable<string> known, string mark = "\"")
    {
        List<string> all = [.. known.Order(StringComparer.Ordinal)];
        return Find(name, all) is { } near ? $" (did you mean {mark}{near}{mark}?)" : $"; known here: {string.Join(", ", all)}";
    }

    private static bool IsNear(string near, string name)
    {
        var mistakes = EditDistance.Between(near, name);
        return mistakes < near.Length && (mistakes <= MaxMistakes || near.StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }
}
