using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarketoLambda.Marketo.Activities;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Activities;

/// <summary>A record as Marketo takes activities: attributes are a list, and the person is an id.</summary>
internal static class ActivityRecord
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="record">As it was mapped.</param>
    /// <param name="type">What it is.</param>
    /// <param name="leadId">Who did it.</param>
    /// <param name="lookupField">The field of the record that names the person.</param>
    public static EncodedRecord Encode(EncodedRecord record, ActivityType type, string leadId, string lookupField)
    {
        using var source = JsonDocument.Parse(record.Json);
        ArrayBufferWriter<byte> buffer = new(2 * record.Json.Length);
        using Utf8JsonWriter json = new(buffer, Readable);
        json.WriteStartObject();
        json.WriteNumber("leadId"u8, long.Parse(leadId, CultureInfo.InvariantCulture));
        json.WriteNumber("activityTypeId"u8, type.Id);
        List<JsonProperty> attributes = [];
        foreach (var member in source.RootElement.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            if (Is(member, CustomActivityTarget.DateField))
            {
                json.WritePropertyName("activityDate"u8);
                member.Value.WriteTo(json);
            }
            else if (Is(member, type.PrimaryAttribute.Name))
            {
                json.WriteString("primaryAttributeValue"u8, member.Value.ToString());
            }
            else if (!Is(member, CustomActivityTarget.KeyField) && !Is(member, lookupField))
            {
                attributes.Add(member);
            }
        }

        Write(json, attributes);
        json.WriteEndObject();
        json.Flush();
        return new EncodedRecord(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<JsonProperty> attributes)
    {
        json.WriteStartArray("attributes"u8);
        foreach (var attribute in attributes)
        {
            json.WriteStartObject();
            json.WriteString("apiName"u8, attribute.Name);
            json.WritePropertyName("value"u8);
            attribute.Value.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool Is(JsonProperty member, string name) => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
