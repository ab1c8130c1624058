using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Programs;

/// <summary>Describes members of programs, which have no id of their own.</summary>
/// <remarks>Source: Adobe, rest-api/program-members, "Describe".</remarks>
internal sealed class MemberDescribeEndpoint(ObjectType members, ValueReader values, Lock gate)
{
    public EmulatorResponse Answer(Call call)
    {
        ObjectSchema schema;
        lock (gate)
        {
            schema = members.Newest;
        }

        return call.Envelope.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, "API Program Membership"u8);
            json.WriteString("description"u8, "Map for API program membership fields"u8);
            json.WriteString("createdAt"u8, MarketoDatetime.Format(schema.Created ?? default));
            json.WriteString("updatedAt"u8, MarketoDatetime.Format(schema.Updated ?? default));
            json.WriteStartArray("dedupeFields"u8);
            foreach (var field in schema.DedupeFields)
            {
                json.WriteStringValue(field.Name);
            }

            json.WriteEndArray();
            json.WriteStartArray("searchableFields"u8);
            foreach (var field in schema.Fields.Where(field => field.IsSearchable))
            {
                json.WriteStartArray();
                json.WriteStringValue(field.Name);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("fields"u8);
            foreach (var field in All(schema))
            {
                Write(json, field);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static IEnumerable<FieldDefinition> All(ObjectSchema schema) => schema.Fields
        .Append(new FieldDefinition(ObjectSchema.CreatedAt, FieldDataTypes.Datetime) { IsReadOnly = true })
        .Append(new FieldDefinition(ObjectSchema.UpdatedAt, FieldDataTypes.Datetime) { IsReadOnly = true });

    private void Write(Utf8JsonWriter json, FieldDefinition field)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, field.Name);
        json.WriteString("displayName"u8, field.DisplayName);
        json.WriteString("dataType"u8, field.DataType);
        if (values.LengthOf(field) is { } length)
        {
            json.WriteNumber("length"u8, length);
        }

        json.WriteBoolean("updateable"u8, !field.IsReadOnly && !field.IsDedupeField);
        json.WriteBoolean("crmManaged"u8, value: false);
        json.WriteEndObject();
    }
}
