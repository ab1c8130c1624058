using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Which fields the rows of a query show.</summary>
/// <remarks>
/// Always <c>seq</c>, the id and the dedupe fields; <c>createdAt</c> and <c>updatedAt</c> only by default or on request; never a null.
/// </remarks>
internal sealed class RowShape(IdField id, IReadOnlyList<FieldDefinition> fields, bool showsCreatedAt, bool showsUpdatedAt)
{
    private bool AmountsAreText { get; init; }

    public static bool TryRead(
        LookupRequest request,
        Lookup lookup,
        ObjectSchema schema,
        EmulatorQuirks quirks,
        [NotNullWhen(true)] out RowShape? shape,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        shape = null;
        refusal = null;
        if (request.Fields is null)
        {
            shape = Standard(lookup, schema, quirks);
            return true;
        }

        var fields = new List<FieldDefinition>();
        var systemFields = new List<string>();
        foreach (var name in request.Fields.Select(name => name.Trim()))
        {
            if (schema.Find(name, quirks.FieldNamesIgnoreCase) is { } field)
            {
                fields.Add(field);
            }
            else if (schema.SystemField(name, quirks.FieldNamesIgnoreCase) is { } systemField)
            {
                systemFields.Add(systemField);
            }
            else
            {
                refusal = Refusal.FieldNotFound(name);
                return false;
            }
        }

        shape = new RowShape(
            schema.Id,
            [.. fields.Concat(schema.DedupeFields).Distinct()],
            systemFields.Contains(ObjectSchema.CreatedAt),
            systemFields.Contains(ObjectSchema.UpdatedAt))
        {
            AmountsAreText = quirks.OpportunityAmountsAreText,
        };
        return true;
    }

    public void Write(Utf8JsonWriter json, int seq, StoredRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("seq"u8, seq);
        id.Write(json, record.Guid);
        foreach (var field in fields)
        {
            if (FieldValues.TryGet(record.Values, field.Ordinal, out var value))
            {
                json.WritePropertyName(field.Name);
                if (field.IsShownAsText && AmountsAreText)
                {
                    json.WriteStringValue(value);
                }
                else
                {
                    json.WriteRawValue(value, skipInputValidation: true);
                }
            }
        }

        if (showsCreatedAt)
        {
            json.WriteString("createdAt"u8, MarketoDatetime.Format(record.CreatedAt));
        }

        if (showsUpdatedAt)
        {
            json.WriteString("updatedAt"u8, MarketoDatetime.Format(record.UpdatedAt));
        }

        json.WriteEndObject();
    }

    private static RowShape Standard(Lookup lookup, ObjectSchema schema, EmulatorQuirks quirks)
    {
        IReadOnlyList<FieldDefinition> fields =
            schema.ShowsAllFields ? schema.Fields
            : lookup.LinkField is { } link ? [.. schema.DedupeFields, link]
            : schema.DedupeFields;
        return new RowShape(schema.Id, fields, showsCreatedAt: true, showsUpdatedAt: true)
        {
            AmountsAreText = quirks.OpportunityAmountsAreText,
        };
    }
}
