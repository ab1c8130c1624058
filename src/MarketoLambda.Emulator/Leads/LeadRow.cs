using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Which fields a lead is shown with.</summary>
/// <remarks>As recorded: an empty field is null, but a boolean is false. The id comes first, asked for or not.</remarks>
internal sealed class LeadRow(ObjectSchema schema, IReadOnlyList<string> names, bool omitsNulls)
{
    private static readonly string[] Standard =
        ["id", "firstName", "lastName", Lead.Email, ObjectSchema.UpdatedAt, ObjectSchema.CreatedAt];

    /// <param name="fields">Fields asked for; null: the default ones.</param>
    public static bool TryRead(
        IReadOnlyList<string>? fields,
        ObjectSchema schema,
        EmulatorQuirks quirks,
        [NotNullWhen(true)] out LeadRow? row,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        (row, refusal) = (null, null);
        var names = new List<string>();
        foreach (var name in fields?.Select(name => name.Trim()).Prepend(schema.Id.Name) ?? Standard)
        {
            var ignoreCase = quirks.FieldNamesIgnoreCase;
            if ((schema.Find(name, ignoreCase)?.Name ?? schema.SystemField(name, ignoreCase)) is not { } known)
            {
                refusal = Refusal.FieldNotFound(name);
                return false;
            }

            names.Add(known);
        }

        row = new LeadRow(schema, [.. names.Distinct()], quirks.LeadQueriesOmitNulls);
        return true;
    }

    public void Write(Utf8JsonWriter json, StoredRecord lead)
    {
        json.WriteStartObject();
        foreach (var name in names)
        {
            if (schema.Find(name, ignoreCase: false) is { } field)
            {
                WriteField(json, field, lead);
            }
            else if (name == schema.Id.Name)
            {
                schema.Id.Write(json, lead.Guid);
            }
            else
            {
                json.WriteString(name, MarketoDatetime.Format(name == ObjectSchema.CreatedAt ? lead.CreatedAt : lead.UpdatedAt));
            }
        }

        json.WriteEndObject();
    }

    private void WriteField(Utf8JsonWriter json, FieldDefinition field, StoredRecord lead)
    {
        if (FieldValues.TryGet(lead.Values, field.Ordinal, out var value))
        {
            json.WritePropertyName(field.Name);
            json.WriteRawValue(value, skipInputValidation: true);
        }
        else if (field.ValueType == FieldDataTypes.Boolean)
        {
            json.WriteBoolean(field.Name, value: false);
        }
        else if (!omitsNulls)
        {
            json.WriteNull(field.Name);
        }
    }
}
