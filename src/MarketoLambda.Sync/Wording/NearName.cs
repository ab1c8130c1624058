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

    /// <summary>Completes a sentence about what is not there: the name that may be meant, and what is there, the nearest first.</summary>
    /// <param name="name">The missing one.</param>
    /// <param name="known">Those that are there; ten are listed.</param>
    /// <param name="what">What they are, in the plural.</param>
    /// <param name="part">The part of a name that is compared; all of it where null.</param>
    public static string Instead(string name, IEnumerable<string> known, string what, Func<string, string>? part = null)
    {
        part ??= whole => whole;
        var all = Sorted(part(name), known, part);
        var meant = all is [var first, ..] && IsNear(part(first), part(name)) ? $" (did you mean \"{first}\"?)" : "";
        return all.Count == 0 ? $"; there are no {what}" : $"{meant}; {what} there: {Listed(all)}";
    }

    /// <summary>Names in words, the nearest first, at most ten.</summary>
    public static string List(string name, IEnumerable<string> known) => Listed(Sorted(name, known, whole => whole));

    private static List<string> Sorted(string name, IEnumerable<string> known, Func<string, string> part) =>
        [.. known.OrderBy(other => Distance(part(other), name)).ThenBy(other => other, StringComparer.OrdinalIgnoreCase)];

    private static string Listed(List<string> all) =>
        string.Join(", ", all.Take(MaxListed))
        + (all.Count > MaxListed ? string.Create(CultureInfo.InvariantCulture, $", … and {all.Count - MaxListed:N0} more") : "");

    private static (int Kind, int Mistakes) Distance(string other, string name)
    {
        var mistakes = EditDistance.Between(other, name);
        return (mistakes <= MaxMistakes ? 0 : Holds(other, name) || Holds(name, other) ? 1 : 2, mistakes);
    }

    private static bool Holds(string text, string part) => part.Length > 2 && text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static bool IsNear(string near, string name)
    {
        var mistakes = EditDistance.Between(near, name);
        return mistakes < near.Length && (mistakes <= MaxMistakes || near.StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }
}
