using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Describes leads in both ways.</summary>
/// <remarks>Source: Adobe, rest-api/leads, "Describe"; only <c>describe2</c> tells what can be looked for.</remarks>
internal sealed class LeadDescribeEndpoints(EmulatorOptions options, ObjectType type, Lock gate)
{
    private readonly ValueReader _values = new(options);

    /// <summary>A list of fields, each with an id and its names in both APIs.</summary>
    public EmulatorResponse Describe(Call call)
    {
        var fields = Fields();
        return call.Envelope.Result(json =>
        {
            foreach (var (index, field) in fields.Index())
            {
                json.WriteStartObject();
                json.WriteNumber("id"u8, index + 1);
                json.WriteString("displayName"u8, field.DisplayName);
                WriteType(json, field);
                WriteName(json, "rest", field.Name, field.IsReadOnly);
                WriteName(json, "soap", char.ToUpperInvariant(field.Name[0]) + field.Name[1..], field.IsReadOnly);
                json.WriteEndObject();
            }
        });
    }

    /// <summary>One object with its searchable fields and its fields.</summary>
    public EmulatorResponse Describe2(Call call)
    {
        var fields = Fields();
        return call.Envelope.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, "API Lead"u8);
            json.WriteStartArray("searchableFields"u8);
            foreach (var field in fields.Where(field => field.IsSearchable))
            {
                json.WriteStartArray();
                json.WriteStringValue(field.Name);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("fields"u8);
            foreach (var field in fields)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, field.Name);
                json.WriteString("displayName"u8, field.DisplayName);
                WriteType(json, field);
                json.WriteBoolean("updateable"u8, !field.IsReadOnly);
                json.WriteBoolean("crmManaged"u8, value: false);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>Also those that Marketo fills; the id is not read-only, as recorded.</summary>
    private FieldDefinition[] Fields()
    {
        lock (gate)
        {
            return
            [
                new("id", FieldDataTypes.Integer) { DisplayName = "Id", IsSearchable = true },
                .. type.Newest.Fields.Select(field => field.Name == Lead.PartitionId ? field with { IsReadOnly = false } : field),
                new(ObjectSchema.CreatedAt, FieldDataTypes.Datetime) { DisplayName = "Created At", IsReadOnly = true },
                new(ObjectSchema.UpdatedAt, FieldDataTypes.Datetime) { DisplayName = "Updated At", IsReadOnly = true },
            ];
        }
    }

    private void WriteType(Utf8JsonWriter json, FieldDefinition field)
    {
        json.WriteString("dataType"u8, field.DataType);
        if (_values.LengthOf(field) is { } length)
        {
            json.WriteNumber("length"u8, length);
        }
    }

    private static void WriteName(Utf8JsonWriter json, string api, string name, bool isReadOnly)
    {
        json.WriteStartObject(api);
        json.WriteString("name"u8, name);
        json.WriteBoolean("readOnly"u8, isReadOnly);
        json.WriteEndObject();
    }
}
