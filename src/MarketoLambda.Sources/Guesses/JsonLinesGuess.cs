using System.Text.Json;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Finds the columns of JSON lines: every value that stands in some object, by its path.</summary>
internal static class JsonLinesGuess
{
    private const int MaxColumns = 500;

    private const int MaxDepth = 5;

    /// <exception cref="SourceException">No line holds an object.</exception>
    public static GuessedFile Read(string name, Stream bytes, CancellationToken cancellationToken)
    {
        JsonLinesContent content = new(name, bytes);
        if (content.ForeignKind() is { } kind && !kind.StartsWith("JSON", StringComparison.Ordinal))
        {
            throw content.Error($"holds no JSON lines but is {kind}");
        }

        bytes.Position = 0;
        using JsonRows rows = new(content);
        List<string> columns = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        while (rows.Number < SourceSample.MaxRows && rows.Read(cancellationToken))
        {
            if (rows.Problem is null)
            {
                Add(rows.Root, "", depth: 0);
            }
        }

        return columns.Count > 0
            ? new GuessedFile("jsonLines", [], columns)
            : throw content.Error("holds no line with a JSON object that has a value; each line must hold one");

        void Add(JsonElement root, string path, int depth)
        {
            foreach (var property in root.EnumerateObject())
            {
                var column = path + property.Name;
                if (property.Value.ValueKind == JsonValueKind.Object && depth < MaxDepth)
                {
                    Add(property.Value, $"{column}.", depth + 1);
                }
                else if (
                    property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
                    && !string.IsNullOrWhiteSpace(column)
                    && columns.Count < MaxColumns
                    && known.Add(column))
                {
                    columns.Add(column);
                }
            }
        }
    }
}
