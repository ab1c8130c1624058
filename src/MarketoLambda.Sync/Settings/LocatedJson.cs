using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sync.Settings;

/// <summary>A JSON value that knows its line. Comments and trailing commas are allowed.</summary>
/// <remarks>No library on the way here gives line numbers for values and is also clean under trimming.</remarks>
internal sealed record LocatedJson(JsonValueKind Kind, int Line, string Text)
{
    /// <summary>Members of an object, in the file's order.</summary>
    public IReadOnlyList<(string Name, LocatedJson Value)> Members { get; private init; } = [];

    /// <summary>Items of an array.</summary>
    public IReadOnlyList<LocatedJson> Items { get; private init; } = [];

    public LocatedJson? Find(string name) => Members.FirstOrDefault(member => member.Name == name).Value;

    /// <summary>Reads a whole file; null after a reported problem.</summary>
    public static LocatedJson? Parse(string json, JobProblems problems)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            problems.Add(1, "the file is empty; the README's \"Your own files\" has one to start from");
            return null;
        }

        var utf8 = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(
            utf8,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        try
        {
            reader.Read();
            var value = Value(ref reader, utf8, problems);
            reader.Read();
            return value;
        }
        catch (JsonException mistake)
        {
            if (!JsonTypos.Find(json, problems))
            {
                var (line, column) = ((int)(mistake.LineNumber ?? 0) + 1, (int)(mistake.BytePositionInLine ?? 0) + 1);
                problems.Add(line, JsonMistakes.Explain(mistake), column);
            }

            return null;
        }
    }

    private static LocatedJson Value(ref Utf8JsonReader reader, byte[] utf8, JobProblems problems)
    {
        var line = 1 + utf8.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new(JsonValueKind.Object, line, "") { Members = ObjectMembers(ref reader, utf8, problems) },
            JsonTokenType.StartArray => new(JsonValueKind.Array, line, "") { Items = ArrayItems(ref reader, utf8, problems) },
            JsonTokenType.String => new(JsonValueKind.String, line, reader.GetString() ?? ""),
            JsonTokenType.Number => new(JsonValueKind.Number, line, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => new(JsonValueKind.True, line, "true"),
            JsonTokenType.False => new(JsonValueKind.False, line, "false"),
            _ => new(JsonValueKind.Null, line, ""),
        };
    }

    private static List<(string, LocatedJson)> ObjectMembers(ref Utf8JsonReader reader, byte[] utf8, JobProblems problems)
    {
        List<(string Name, LocatedJson Value)> members = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            reader.Read();
            var value = Value(ref reader, utf8, problems);
            if (members.Any(member => member.Name == name))
            {
                problems.Add(value.Line, $"\"{name}\" stands here a second time; keep one of the two");
                continue;
            }

            members.Add((name, value));
        }

        return members;
    }

    private static List<LocatedJson> ArrayItems(ref Utf8JsonReader reader, byte[] utf8, JobProblems problems)
    {
        List<LocatedJson> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, utf8, problems));
        }

        return items;
    }
}
