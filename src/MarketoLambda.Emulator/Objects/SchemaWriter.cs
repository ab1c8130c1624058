using System.Text.Json;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Writes an object's definition as <em>describe</em> shows it.</summary>
/// <remarks>
/// The record API says <c>name</c> where the schema API says <c>apiName</c>, although the specification has one definition for both.
/// </remarks>
internal sealed class SchemaWriter(ValueReader values, LinkableObjects linkable, Func<bool> isCrmSynced)
{
    /// <summary>As the record API describes it.</summary>
    public void WriteApproved(Utf8JsonWriter json, ObjectSchema schema)
    {
        json.WriteStartObject();
        WriteSummary(json, schema);
        WriteFields(json, schema);
        json.WriteEndObject();
    }

    /// <summary>As the record API lists it: without its fields, as recorded.</summary>
    public void WriteListed(Utf8JsonWriter json, ObjectSchema schema)
    {
        json.WriteStartObject();
        WriteSummary(json, schema);
        json.WriteEndObject();
    }

    /// <summary>As the schema API shows it.</summary>
    /// <param name="state">Of the object: draft, approved or approvedWithDraft.</param>
    /// <param name="version">Of what is shown: draft or approved.</param>
    public void WriteVersion(Utf8JsonWriter json, ObjectSchema schema, string state, string version)
    {
        json.WriteStartObject();
        json.WriteString("apiName"u8, schema.ApiName);
        WriteNames(json, schema);
        json.WriteString("state"u8, state);
        json.WriteString("version"u8, version);
        WriteKeys(json, schema);
        WriteRelationships(json, schema);
        WriteFields(json, schema);
        json.WriteEndObject();
    }

    /// <summary>Recorded answers have no description and no relationships where there are none.</summary>
    private void WriteSummary(Utf8JsonWriter json, ObjectSchema schema)
    {
        json.WriteString("name"u8, schema.ApiName);
        WriteNames(json, schema);
        WriteKeys(json, schema);
        if (!schema.Links.IsEmpty)
        {
            WriteRelationships(json, schema);
        }
    }

    private static void WriteNames(Utf8JsonWriter json, ObjectSchema schema)
    {
        if (schema.ShowsDisplayName)
        {
            json.WriteString("displayName"u8, schema.DisplayName);
        }

        if (schema.Description is { } description)
        {
            json.WriteString("description"u8, description);
        }

        WriteTime(json, "createdAt", schema.Created);
        WriteTime(json, "updatedAt", schema.Updated);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time is { } known ? MarketoDatetime.Format(known) : null);

    private static void WriteKeys(Utf8JsonWriter json, ObjectSchema schema)
    {
        json.WriteString("idField"u8, schema.Created is null ? null : schema.Id.Name);
        WriteNameList(json, "dedupeFields", schema.DedupeFields);
        json.WriteStartArray("searchableFields"u8);
        WriteNameList(json, null, schema.DedupeFields);
        if (!schema.DedupeFields.IsEmpty)
        {
            json.WriteStartArray();
            json.WriteStringValue(schema.Id.Name);
            json.WriteEndArray();
        }

        foreach (
            var other in schema
                .Fields.Where(field => field.RelatedTo is not null || field.IsSearchable)
                .Where(field => schema.DedupeFields is not [var only] || only != field))
        {
            WriteNameList(json, null, [other]);
        }

        json.WriteEndArray();
    }

    private static void WriteNameList(Utf8JsonWriter json, string? property, IEnumerable<FieldDefinition> fields)
    {
        if (property is not null)
        {
            json.WritePropertyName(property);
        }

        json.WriteStartArray();
        foreach (var field in fields)
        {
            json.WriteStringValue(field.Name);
        }

        json.WriteEndArray();
    }

    private void WriteRelationships(Utf8JsonWriter json, ObjectSchema schema)
    {
        json.WriteStartArray("relationships"u8);
        foreach (var link in schema.Links)
        {
            json.WriteStartObject();
            json.WriteString("field"u8, link.Field.Name);
            json.WriteString("type"u8, "child"u8);
            json.WriteStartObject("relatedTo"u8);
            var (name, field) = linkable.Shown(link.Target);
            json.WriteString("name"u8, name);
            json.WriteString("field"u8, field);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Three system fields first, then the custom ones by name.</summary>
    private void WriteFields(Utf8JsonWriter json, ObjectSchema schema)
    {
        json.WriteStartArray("fields"u8);
        foreach (var name in new[] { ObjectSchema.CreatedAt, schema.Id.Name, ObjectSchema.UpdatedAt })
        {
            WriteSystemField(json, name);
        }

        foreach (var field in schema.Fields.OrderBy(field => field.Name, StringComparer.OrdinalIgnoreCase))
        {
            WriteField(
                json,
                field.Name,
                field.DisplayName,
                field.ValueType,
                values.LengthOf(field),
                updateable: !(schema.IsStandard && field.IsDedupeField) && !field.IsReadOnly,
                field.Description,
                schema.IsStandard && isCrmSynced());
        }

        json.WriteEndArray();
    }

    private static void WriteSystemField(Utf8JsonWriter json, string name)
    {
        const int GuidLength = 36;
        var (displayName, type, length) = name switch
        {
            "id" => ("Id", FieldDataTypes.Integer, (int?)null),
            ObjectSchema.MarketoGuid => ("Marketo GUID", FieldDataTypes.String, GuidLength),
            ObjectSchema.CreatedAt => ("Created At", FieldDataTypes.Datetime, null),
            _ => ("Updated At", FieldDataTypes.Datetime, null),
        };
        WriteField(json, name, displayName, type, length, updateable: false, description: null, crmManaged: false);
    }

    private static void WriteField(
        Utf8JsonWriter json,
        string name,
        string displayName,
        string type,
        int? length,
        bool updateable,
        string? description,
        bool crmManaged)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("displayName"u8, displayName);
        if (description is not null)
        {
            json.WriteString("description"u8, description);
        }

        json.WriteString("dataType"u8, type);
        if (length is { } characters)
        {
            json.WriteNumber("length"u8, characters);
        }

        json.WriteBoolean("updateable"u8, updateable);
        json.WriteBoolean("crmManaged"u8, crmManaged);
        json.WriteEndObject();
    }
}
