using System.Globalization;

namespace MarketoLambda.Sync.Wording;

/// <summary>The known name that an unknown one may have meant.</summary>
public static class NearName
{
    /// <summary>A name may have so many mistakes, or be the beginning of another.</summary>
    private const int MaxMistakes = 2;

    /// <summary>Names that are listed.</summary>
    private const int MaxListed = 10;

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

    /// <summary>Completes a sentence about something that is not there: the name that may be meant, and what is there, the nearest first.</summary>
    /// <param name="name">The missing one.</param>
    /// <param name="known">Those that are there; what people do not write of a name may stand before its last dot.</param>
    /// <param name="what">What they are, in the plural.</param>
    public static string Instead(string name, IEnumerable<string> known, string what)
    {
        List<string> all = [.. known.OrderBy(other => Distance(other, name)).ThenBy(other => other, StringComparer.OrdinalIgnoreCase)];
        var meant = all is [var first, ..] && Parts(first).Any(part => IsNear(part, name)) ? $" (did you mean \"{first}\"?)" : "";
        var more = all.Count > MaxListed ? string.Create(CultureInfo.InvariantCulture, $", … and {all.Count - MaxListed:N0} more") : "";
        return all.Count == 0 ? $"; there are no {what}" : $"{meant}; {what} there: {string.Join(", ", all.Take(MaxListed))}{more}";
    }

    private static (int Kind, int Mistakes) Distance(string other, string name)
    {
        var mistakes = Parts(other).Min(part => EditDistance.Between(part, name));
        return (mistakes <= MaxMistakes ? 0 : Holds(other, name) || Holds(name, other) ? 1 : 2, mistakes);
    }

    private static IEnumerable<string> Parts(string name) => [name, name.Split('.')[^1]];

    private static bool Holds(string text, string part) => part.Length > 2 && text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static bool IsNear(string near, string name)
    {
        var mistakes = EditDistance.Between(near, name);
        return mistakes < near.Length && (mistakes <= MaxMistakes || near.StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }
}
