using System.Text.Json;

namespace MarketoLambda.Marketo.CustomObjects;

/// <summary>Reads one element of a query's result.</summary>
internal static class QueriedRecord
{
    /// <summary>Null for an element without <c>marketoGUID</c>: a searched key that was not found, not a record.</summary>
    public static CustomObjectRecord? Read(JsonElement element)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject().Where(property => property.Name != "seq"))
            {
                fields[property.Name] = property.Value;
            }
        }

        return fields.TryGetValue(WireNames.MarketoGuid, out var guid) && guid.ValueKind == JsonValueKind.String
            ? new CustomObjectRecord(guid.GetString() ?? "", fields)
            : null;
    }
}
