using System.Globalization;
using System.Text.Json.Nodes;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>How values look in answers: REST's JSON and the CSV of bulk jobs differ.</summary>
internal static class OrgValues
{
    /// <summary>A record in JSON: paths become nested objects, and a missing parent is null.</summary>
    public static JsonObject Record(OrgObject queried, OrgRecord record, IReadOnlyList<string> paths, string apiVersion)
    {
        JsonObject json = new()
        {
            ["attributes"] = new JsonObject
            {
                ["type"] = queried.Name,
                ["url"] = $"/services/data/v{apiVersion}/sobjects/{queried.Name}/{record.Id}",
            },
        };
        foreach (var path in paths.Where(path => !path.Contains('.', StringComparison.Ordinal)))
        {
            json[queried.FindField(path)!.Name] = Json(queried.ValueOf(record, path));
        }

        foreach (
            var group in paths
                .Where(path => path.Contains('.', StringComparison.Ordinal))
                .GroupBy(path => path[..path.IndexOf('.', StringComparison.Ordinal)], StringComparer.OrdinalIgnoreCase))
        {
            var (reference, other) = queried.Relation(group.Key)!.Value;
            json[reference.RelationshipName!] = record[reference.Name] is string id && other.Find(id) is { } parent
                ? Record(other, parent, [.. group.Select(path => path[(group.Key.Length + 1)..])], apiVersion)
                : null;
        }

        return json;
    }

    /// <summary>A value in a bulk result: always text, empty for null.</summary>
    public static string Csv(object? value) => $"\"{Text(value).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static JsonNode? Json(object? value) =>
        value switch
        {
            null => null,
            bool flag => JsonValue.Create(flag),
            int number => JsonValue.Create(number),
            long number => JsonValue.Create(number),
            double number => JsonNode.Parse(
                number == Math.Floor(number)
                    ? number.ToString("F1", CultureInfo.InvariantCulture)
                    : number.ToString("R", CultureInfo.InvariantCulture)),
            decimal number => JsonValue.Create(number),
            DateTimeOffset time => JsonValue.Create(
                time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture)),
            DateOnly day => JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => JsonValue.Create((string)value),
        };

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            double number => number == Math.Floor(number)
                ? number.ToString("F1", CultureInfo.InvariantCulture)
                : number.ToString("R", CultureInfo.InvariantCulture),
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
}
