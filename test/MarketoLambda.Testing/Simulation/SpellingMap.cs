using System.Collections.Concurrent;
using System.Globalization;
using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Testing.Simulation;

/// <summary>Versions that are spelt wrong, and the maps of a job that know what is meant.</summary>
internal static class SpellingMap
{
    /// <summary>More rows than any simulation has.</summary>
    private const int MaxRows = 6000;

    private static readonly ConcurrentDictionary<string, ValueMap> Known = new(StringComparer.Ordinal);

    public static string Spell(int version, RowKind kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{version}");

    /// <summary>The value of a row that stands at this place: its version, spelt as it was; what is no version stays as it is.</summary>
    public static string At(int version, string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out _) ? version.ToString(CultureInfo.InvariantCulture)
        : value.StartsWith($"{RowKind.Misspelt}-", StringComparison.Ordinal) ? Spell(version, RowKind.Misspelt)
        : value.StartsWith($"{RowKind.Garbled}-", StringComparison.Ordinal) ? Spell(version, RowKind.Garbled)
        : value;

    /// <summary>The text holds a version that some map knows.</summary>
    public static bool Knows(string text) =>
        text.Contains($"{RowKind.Misspelt}-", StringComparison.Ordinal) || text.Contains($"{RowKind.Garbled}-", StringComparison.Ordinal);

    /// <summary>The map that knows these misspellings, and every number as it is.</summary>
    public static ValueMap For(IReadOnlySet<RowKind> kinds) => Known.GetOrAdd(
        string.Join('+', kinds.Order()),
        _ => new ValueMap([.. Enumerable.Range(1, MaxRows).SelectMany(version => kinds
            .Select(kind => KeyValuePair.Create(Spell(version, kind), (object)(decimal)version))
            .Prepend(KeyValuePair.Create(version.ToString(CultureInfo.InvariantCulture), (object)(decimal)version)))]));
}
