using System.Text.Json.Nodes;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Words for yes and no that a map has to translate.</summary>
internal static class BooleanWords
{
    private static readonly (string Yes, string No)[] Pairs =
    [
        ("Ja", "Nein"), ("J", "N"), ("wahr", "falsch"), ("aktiv", "inaktiv"), ("active", "inactive"), ("on", "off"), ("oui", "non"),
        ("O", "N"), ("vrai", "faux"), ("si", "no"), ("sí", "no"), ("sì", "no"), ("s", "n"), ("verdadero", "falso"), ("vero", "falso"),
        ("sim", "não"), ("verdadeiro", "falso"), ("ja", "nee"), ("tak", "nie"), ("ano", "ne"), ("igen", "nem"), ("t", "f"),
        ("enabled", "disabled"), ("checked", "unchecked"),
    ];

    private static readonly (string Yes, string No)[] Understood = [("true", "false"), ("yes", "no"), ("y", "n"), ("1", "0")];

    /// <summary>A map of the words that are there and of their opposites; null where none needs one, or one is no such word.</summary>
    /// <remarks>Opposites too: what the looked-at rows happen not to have comes later.</remarks>
    public static ValueMap? Find(IReadOnlyList<ColumnValue> values)
    {
        List<string> words = [.. values.Select(value => SourceText.Format(value.Value).Trim())];
        var isAll = words.All(word => Fitting(Understood, word).Any());
        if (isAll || words.Count == 0)
        {
            return null;
        }

        var pairs = Pairs.Concat(Understood).Where(pair => words.All(word => Is(pair, word))).Take(1).ToList();
        if (pairs.Count == 0)
        {
            pairs = [.. words.SelectMany(word => Fitting([.. Pairs, .. Understood], word).Take(1)).Distinct()];
        }

        return words.All(word => Fitting(pairs, word).Any()) ? Map(words, pairs) : null;
    }

    /// <summary>The map as the job file has it.</summary>
    public static GuessedSetting Setting(ValueMap map) =>
        new("map", new JsonObject(
            map.Entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create((bool)entry.Value)))));

    /// <summary>How yes and no are written; the best of all ways.</summary>
    public static FieldForm Form(RecordField field, ColumnSample column, IReadOnlyList<ColumnValue> values, SourceConventions conventions)
    {
        FieldMapping plain = new(field.Name, column.Name);
        if (column.Empty > 0 && values.Count > 0 && values.All(value => IsMark(value.Value)))
        {
            ValueMap marks = new([.. values.Select(value => KeyValuePair.Create(SourceText.Format(value.Value), (object)true))]);
            GuessedSetting no = new("default", JsonValue.Create(false)) { Note = "an empty cell is taken for no", IsUnsure = true };
            return FieldForm.From(new FormTrial(field, plain with { Map = marks }, conventions, values), column.Filled, Setting(marks), no);
        }

        return Find(values) is { } map
            ? FieldForm.From(new FormTrial(field, plain with { Map = map }, conventions, values), column.Filled, Setting(map))
            : FieldForm.From(new FormTrial(field, plain, conventions, values), column.Filled);
    }

    private static bool IsMark(object value) => value is string text && (text.Trim() is "x" or "X" or "✓" or "✔");

    private static ValueMap Map(IReadOnlyList<string> words, IReadOnlyList<(string Yes, string No)> pairs)
    {
        Dictionary<string, object> entries = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (yes, no) in pairs)
        {
            entries.TryAdd(Written(yes), true);
            entries.TryAdd(Written(no), false);
        }

        return new ValueMap([.. entries]);

        // as the source writes it
        string Written(string word) => words.FirstOrDefault(seen => seen.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? word;
    }

    private static IEnumerable<(string Yes, string No)> Fitting(IEnumerable<(string Yes, string No)> pairs, string word) =>
        pairs.Where(pair => Is(pair, word));

    private static bool Is((string Yes, string No) pair, string word) =>
        pair.Yes.Equals(word, StringComparison.OrdinalIgnoreCase) || pair.No.Equals(word, StringComparison.OrdinalIgnoreCase);
}
