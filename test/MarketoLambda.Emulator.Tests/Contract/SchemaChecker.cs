using System.Text.Json;

namespace MarketoLambda.Emulator.Tests.Contract;

/// <summary>Compares an answer with a definition of an OpenAPI file: required members, types, enums, and members nobody declared.</summary>
internal sealed class SchemaChecker(JsonElement specification)
{
    /// <summary>Differences as <c>path: what</c>; a member inside an array is <c>result[].apiName</c>.</summary>
    public IReadOnlyList<string> Check(string definition, JsonElement answer)
    {
        var differences = new SortedSet<string>(StringComparer.Ordinal);
        Check(specification.GetProperty("definitions").GetProperty(definition), answer, "", differences);
        return [.. differences];
    }

    private void Check(JsonElement schema, JsonElement value, string path, SortedSet<string> differences)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = specification.GetProperty("definitions").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        if (
            schema.TryGetProperty("enum", out var members)
            && !members.EnumerateArray().Any(member => member.GetString() == value.ToString()))
        {
            differences.Add($"{path}: not in enum");
        }

        var type = schema.TryGetProperty("type", out var declared) ? declared.GetString()! : "object";
        if (!Fits(type, schema, value))
        {
            differences.Add(
                $"{path}: {value.ValueKind}, not {type}{(schema.TryGetProperty("format", out var format) ? $" {format}" : "")}");
        }
        else if (type == "array")
        {
            foreach (var item in value.EnumerateArray())
            {
                Check(schema.GetProperty("items"), item, $"{path}[]", differences);
            }
        }
        else if (type == "object")
        {
            CheckMembers(schema, value, path, differences);
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement value, string path, SortedSet<string> differences)
    {
        var prefix = path.Length == 0 ? "" : path + ".";
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        foreach (var missing in required.Where(name => !value.TryGetProperty(name, out _)))
        {
            differences.Add($"{prefix}{missing}: missing");
        }

        var properties = schema.TryGetProperty("properties", out var declared) ? declared : default;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var property))
            {
                Check(property, member.Value, prefix + member.Name, differences);
            }
            else
            {
                differences.Add($"{prefix}{member.Name}: not declared");
            }
        }
    }

    private static bool Fits(string type, JsonElement schema, JsonElement value) =>
        type switch
        {
            "string" => value.ValueKind == JsonValueKind.String
                && (
                    !schema.TryGetProperty("format", out var format)
                    || format.GetString() != "date-time"
                    || value.TryGetDateTimeOffset(out _))
                && !IsDateOnly(schema, value),
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "array" => value.ValueKind == JsonValueKind.Array,
            _ => value.ValueKind == JsonValueKind.Object,
        };

    private static bool IsDateOnly(JsonElement schema, JsonElement value) =>
        schema.TryGetProperty("format", out var format)
        && format.GetString() == "date-time"
        && value.GetString()!.Length == "2026-09-01".Length;
}
