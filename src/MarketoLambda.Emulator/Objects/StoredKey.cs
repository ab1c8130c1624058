using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>The key a record has after an update that may change dedupe fields.</summary>
internal static class StoredKey
{
    /// <summary>Null when the update empties a dedupe field.</summary>
    public static string? After(ObjectSchema schema, StoredRecord existing, IncomingRecord change, EmulatorQuirks quirks)
    {
        var values = FieldValues.Merge(existing.Values, change.Changes);
        var texts = new List<string>(schema.DedupeFields.Length);
        foreach (var field in schema.DedupeFields)
        {
            if (!FieldValues.TryGet(values, field.Ordinal, out var json))
            {
                return null;
            }

            texts.Add(ValueText.From(json));
        }

        return RecordKey.From(texts, quirks.KeyValuesIgnoreCase);
    }
}
