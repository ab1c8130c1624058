using System.Buffers;
using System.Text;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Records;

/// <summary>Values that Marketo itself gives to fields, by the names of the fields.</summary>
internal static class FieldTexts
{
    /// <param name="json">Canonical JSON of each value.</param>
    /// <returns>See <see cref="FieldValues"/>.</returns>
    public static byte[] Encode(ObjectSchema schema, IReadOnlyDictionary<string, string> json)
    {
        var encoded = new ArrayBufferWriter<byte>();
        foreach (var field in schema.Fields.Where(field => json.ContainsKey(field.Name)).OrderBy(field => field.Ordinal))
        {
            FieldValues.Append(encoded, field.Ordinal, Encoding.UTF8.GetBytes(json[field.Name]));
        }

        return encoded.WrittenSpan.ToArray();
    }

    /// <summary>Text of a field's value; empty where it has none.</summary>
    public static string Read(ObjectSchema schema, string field, StoredRecord record) =>
        schema.Find(field, ignoreCase: false) is { } known && FieldValues.TryGet(record.Values, known.Ordinal, out var json)
            ? ValueText.From(json)
            : "";
}
