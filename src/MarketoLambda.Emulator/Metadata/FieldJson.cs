using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Metadata;

/// <summary>Reads a field as the schema calls spell it.</summary>
internal static class FieldJson
{
    /// <summary>The field with everything the JSON says; what it does not say stays.</summary>
    public static FieldDefinition ApplyTo(FieldDefinition field, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return field;
        }

        return field with
        {
            Name = json.Text("name") ?? field.Name,
            DisplayName = json.Text("displayName") ?? field.DisplayName,
            DataType = json.Text("dataType") ?? field.DataType,
            Description = json.Text("description") ?? field.Description,
            IsDedupeField = json.TryGetProperty("isDedupeField", out _) ? json.IsTrue("isDedupeField") : field.IsDedupeField,
            RelatedTo = json.TryGetProperty("relatedTo", out var target) && target.ValueKind == JsonValueKind.Object
                ? new LinkTarget(target.Text("name") ?? "", target.Text("field") ?? "")
                : field.RelatedTo,
        };
    }
}
