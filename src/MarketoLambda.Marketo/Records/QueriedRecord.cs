using System.Text.Json;

namespace MarketoLambda.Marketo.Records;

/// <summary>Reads one element of a query's result.</summary>
internal static class QueriedRecord
{
    /// <summary>Null for an element without an id: a searched key that was not found, not a record.</summary>
    /// <param name="element">The element.</param>
    /// <param name="idField">Name of Marketo's own id: <c>marketoGUID</c>, or <c>id</c>, which is a number.</param>
    public static MarketoRecord? Read(JsonElement element, string idField)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject().Where(property => property.Name != "seq"))
            {
                fields[property.Name] = property.Value;
            }
        }

        return fields.TryGetValue(idField, out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? new MarketoRecord(id.ToString(), fields)
            : null;
    }
}
