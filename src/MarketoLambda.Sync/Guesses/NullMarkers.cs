using System.Text.Json.Nodes;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Texts that programs and people write for nothing.</summary>
internal static class NullMarkers
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "\\N", "NULL", "(null)", "nil", "none", "#N/A", "#NV", "N/A", "NA", "n.a.", "k.A.", "k. A.", "-", "--", "–", "—", "?",
    };

    /// <summary>Values that stand for something.</summary>
    public static IReadOnlyList<ColumnValue> Without(IReadOnlyList<ColumnValue> values) => [.. values.Where(value => !IsMarker(value))];

    /// <summary>What the job file has to say of the others; null where there are none.</summary>
    public static GuessedSetting? Setting(IReadOnlyList<ColumnValue> values)
    {
        JsonNode[] markers =
        [
            .. values.Where(IsMarker).Select(value => $"{value.Value}".Trim()).Distinct().Order(StringComparer.Ordinal)
                .Select(marker => (JsonNode)marker),
        ];
        return markers.Length == 0 ? null : new GuessedSetting("nullValues", new JsonArray(markers)) { Note = "these stand for nothing" };
    }

    private static bool IsMarker(ColumnValue value) => value.Value is string text && Known.Contains(text.Trim());
}
