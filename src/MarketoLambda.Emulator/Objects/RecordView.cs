using System.Text.Json;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>A stored record for tests to look at.</summary>
public sealed record RecordView
{
    private RecordView(string objectName, ObjectSchema schema, StoredRecord record, Dictionary<string, JsonElement> fields)
    {
        ObjectName = objectName;
        MarketoGuid = record.Guid;
        Id = schema.Id.IsNumber ? IdField.NumberOf(record.Guid) : null;
        Key = record.Key;
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(record.CreatedAt);
        UpdatedAt = DateTimeOffset.FromUnixTimeSeconds(record.UpdatedAt);
        Fields = fields;
    }

    public string ObjectName { get; }

    public Guid MarketoGuid { get; }

    /// <summary>The id of leads, companies and other objects that number their records; null of the others.</summary>
    public long? Id { get; }

    /// <summary>Text of the dedupe field; several are joined by U+001F.</summary>
    public string Key { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; }

    /// <summary>Custom fields by canonical name; null ones are absent.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields { get; }

    /// <summary>Text of a field as a person would write it; null when it is null.</summary>
    public string? this[string field] => Fields.TryGetValue(field, out var value) ? value.ToString() : null;

    internal static RecordView From(string objectName, ObjectSchema schema, StoredRecord record)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in schema.Fields)
        {
            if (FieldValues.TryGet(record.Values, field.Ordinal, out var json))
            {
                fields.Add(field.Name, JsonElement.Parse(json));
            }
        }

        return new RecordView(objectName, schema, record, fields);
    }
}
