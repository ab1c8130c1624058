using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Unchanged;

/// <summary>A record that is to be sent, as it can be compared with what Marketo has.</summary>
internal sealed class ComparedRecord
{
    private readonly List<(RecordField Field, JsonElement Value)> _values;

    private ComparedRecord(IReadOnlyList<string> key, List<(RecordField Field, JsonElement Value)> values, UInt128 digest)
    {
        Digest = digest;
        Key = key;
        Folded = Fold(key);
        KeyDigest = DigestOf(Encoding.UTF8.GetBytes(Folded));
        _values = values;
    }

    /// <summary>The values of its dedupe fields, in their order.</summary>
    public IReadOnlyList<string> Key { get; }

    /// <summary>Equal for all spellings of one key.</summary>
    public string Folded { get; }

    /// <summary>Stands for <see cref="Folded"/> where many are kept.</summary>
    public UInt128 KeyDigest { get; }

    /// <summary>Equal for records that would be sent as the same bytes.</summary>
    public UInt128 Digest { get; }

    /// <summary>What it holds.</summary>
    public IEnumerable<string> Fields => _values.Select(value => value.Field.Name);

    /// <param name="record">As it would be sent.</param>
    /// <param name="description">The type of the record.</param>
    public static ComparedRecord Read(EncodedRecord record, RecordTypeDescription description)
    {
        var values = JsonElement
            .Parse(record.Json.Span)
            .EnumerateObject()
            .Select(member => (Field: description.FindField(member.Name), member.Value))
            .Select(pair => (pair.Field ?? throw new InvalidOperationException("The mapper writes known fields alone."), pair.Value))
            .ToList();
        return new ComparedRecord(
            [
                .. description.DedupeFields.Select(key =>
                    values.Find(value => value.Item1.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) is { Item1: not null } found
                        ? found.Value.ToString()
                        : ""),
            ],
            values,
            DigestOf(record.Json.Span));
    }

    /// <summary>The folded key of a record of Marketo.</summary>
    public static string Fold(MarketoRecord record, RecordTypeDescription description) =>
        Fold(description.DedupeFields.Select(key => record.Fields.TryGetValue(key, out var value) ? value.ToString() : ""));

    /// <summary>Marketo's record holds all of this one's values.</summary>
    public bool IsIn(MarketoRecord stored) =>
        _values.TrueForAll(value =>
            StoredValue.IsEqual(stored.Fields.TryGetValue(value.Field.Name, out var found) ? found : null, value.Value, value.Field));

    /// <summary>The fields whose values in Marketo are others than this one's.</summary>
    /// <param name="stored">Marketo's record; null where there is none.</param>
    public IEnumerable<FieldChange> ChangesFrom(MarketoRecord? stored)
    {
        foreach (var (field, value) in _values)
        {
            JsonElement? there = stored?.Fields.TryGetValue(field.Name, out var found) == true ? found : null;
            if (!StoredValue.IsEqual(there, value, field))
            {
                yield return new FieldChange(field.Name, there is { } old ? Text(old) : "", Text(value));
            }
        }
    }

    /// <summary>As JSON has it, texts without their quotes.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    private static UInt128 DigestOf(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes));

    private static string Fold(IEnumerable<string> key) =>
        string.Join('\u001f', key.Select(value => value.Trim().ToUpperInvariant()));
}
