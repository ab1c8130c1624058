using System.Text.Json;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>A record of Marketo that is known by another key than its own id.</summary>
internal static class KeyedRecord
{
    /// <summary>The record with the key that was asked for.</summary>
    public static MarketoRecord WithKey(MarketoRecord record, string keyField, string key)
    {
        Dictionary<string, JsonElement> fields = new(record.Fields, StringComparer.OrdinalIgnoreCase);
        using var json = JsonDocument.Parse($"\"{JsonEncodedText.Encode(key)}\"");
        fields[keyField] = json.RootElement.Clone();
        return new MarketoRecord(record.Id, fields);
    }
}
