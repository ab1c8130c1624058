using System.Text.Json;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.Json;

namespace MarketoLambda.Sources.JsonLines;

/// <summary>What an object has for a column.</summary>
/// <param name="Value">Text, a number, true or false; null for null and for what is not there.</param>
/// <param name="Text">The same as it is written; empty for nothing.</param>
/// <param name="Problem">Why there is no value although something is there; null where all is in order.</param>
internal readonly record struct JsonCell(object? Value, string Text, (string Code, string Reason)? Problem)
{
    private static readonly JsonCell Nothing = new(null, "", null);

    public static JsonCell Read(JsonPath path, JsonElement root) => path.Find(root, out var found) switch
    {
        JsonFind.Missing => Nothing,
        JsonFind.Repeated => Wrong("repeated-property", $"\"{path.Text}\" is there twice, and nobody can tell which one holds"),
        JsonFind.Elsewhere => Wrong("wrong-shape", $"\"{path.Text}\" leads into a value that is no object and no list"),
        _ => Read(path.Text, found),
    };

    private static JsonCell Read(string column, JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => OfText(column, JsonText.Read(found)),
        JsonValueKind.Number => new JsonCell(JsonNumber.Parse(found.GetRawText()), found.GetRawText(), null),
        JsonValueKind.True => new JsonCell(true, "true", null),
        JsonValueKind.False => new JsonCell(false, "false", null),
        JsonValueKind.Object => Wrong("wrong-shape", $"\"{column}\" is an object; name one value in it, such as {column}.name"),
        JsonValueKind.Array => Wrong("wrong-shape", $"\"{column}\" is a list; name one value in it, such as {column}[0]"),
        _ => Nothing,
    };

    private static JsonCell OfText(string column, string text) => text.Length > FileLimits.MaxValueCharacters
        ? Wrong("cell-too-long", FileLimits.TooLong(column, text.Length))
        : new JsonCell(text, text, null);

    private static JsonCell Wrong(string code, string reason) => new(null, "", (code, reason));
}
