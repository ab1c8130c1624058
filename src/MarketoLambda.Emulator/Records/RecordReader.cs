using System.Buffers;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Records;

/// <summary>Turns the records of one request into what is stored, checking names, types and key fields.</summary>
/// <remarks>Touches no state, so that it runs outside the gate. Not thread-safe: one reader serves one request.</remarks>
internal sealed class RecordReader(ObjectSchema schema, EmulatorOptions options)
{
    private readonly ValueReader _values = new(options);
    private readonly ArrayBufferWriter<byte> _json = new(256);
    private readonly ArrayBufferWriter<byte> _encoded = new(256);

    /// <summary>Where the JSON of each field, by ordinal, lies in <see cref="_json"/>; null: not sent.</summary>
    private readonly Range?[] _sent = new Range?[schema.OrdinalEnd];

    /// <summary>The fields of the record before, in the order they came: usually the next record has the same.</summary>
    private readonly List<FieldDefinition> _expected = [];

    /// <summary>Reads one element of <c>input</c>. Which key it needs is the caller's business.</summary>
    public IncomingRecord Read(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            return new IncomingRecord { Refusal = Refusal.FromCode("1003") };
        }

        _json.ResetWrittenCount();
        Array.Clear(_sent);
        Guid? guid = null;
        string? systemField = null;
        var position = 0;
        foreach (var property in record.EnumerateObject())
        {
            if (FindField(property, position++) is { } field)
            {
                if (ReadValue(field, property.Value, out var json) is { } refusal)
                {
                    return new IncomingRecord { Refusal = refusal };
                }

                _sent[field.Ordinal] = Keep(json);
            }
            else if (schema.SystemField(property.Name, options.Quirks.FieldNamesIgnoreCase) is not { } name)
            {
                return new IncomingRecord { Refusal = Refusal.FieldNotFound(property.Name), HasUnknownField = true };
            }
            else if (name != schema.Id.Name)
            {
                systemField = name;
            }
            else
            {
                guid = ReadId(property.Value) ?? guid;
            }
        }

        return systemField is null
            ? new IncomingRecord { Guid = guid, Key = Key(), Changes = Encode() }
            : new IncomingRecord { Refusal = Refusal.NotUpdateable(systemField) };
    }

    /// <summary>Name of the first dedupe field that the record just read lacks.</summary>
    public string MissingDedupeField() =>
        schema.DedupeFields.First(field => _sent[field.Ordinal] is not { } range || _json.WrittenSpan[range].IsEmpty).Name;

    private Refusal? ReadValue(FieldDefinition field, JsonElement value, out ReadOnlySpan<byte> json)
    {
        json = default;
        if (field.IsReadOnly)
        {
            return Refusal.NotUpdateable(field.Name);
        }

        if (field.IsOfCompany && !options.Quirks.LeadsTakeCompanyFields)
        {
            return Refusal.CompanyUpdate;
        }

        var refusal = _values.Read(field, value, out json);
        var isWrong = refusal is not null || (schema.IsLead && field.ValueType == FieldDataTypes.Email && !EmailAddress.IsValid(json));
        return isWrong && (schema.IsLead || options.Quirks.WrongTypeCode == "1003")
            ? Refusal.InvalidValue(field.Name, value.ToString())
            : refusal;
    }

    private Guid? ReadId(JsonElement value) =>
        value.ValueKind == JsonValueKind.String || (schema.Id.IsNumber && value.ValueKind == JsonValueKind.Number)
            ? schema.Id.Parse(value.ToString()) ?? Guid.Empty
            : null;

    private FieldDefinition? FindField(JsonProperty property, int position)
    {
        if (position < _expected.Count && property.NameEquals(_expected[position].Name))
        {
            return _expected[position];
        }

        var field = schema.Find(property.Name, options.Quirks.FieldNamesIgnoreCase);
        if (field is not null && position <= _expected.Count)
        {
            _expected.RemoveRange(position, _expected.Count - position);
            _expected.Add(field);
        }

        return field;
    }

    private Range Keep(ReadOnlySpan<byte> json)
    {
        var start = _json.WrittenCount;
        _json.Write(json);
        return start.._json.WrittenCount;
    }

    private string? Key()
    {
        var texts = new string[schema.DedupeFields.Length];
        for (var index = 0; index < texts.Length; index++)
        {
            if (_sent[schema.DedupeFields[index].Ordinal] is not { } range || _json.WrittenSpan[range].IsEmpty)
            {
                return null;
            }

            texts[index] = ValueText.From(_json.WrittenSpan[range]);
        }

        return RecordKey.From(texts, options.Quirks.KeyValuesIgnoreCase);
    }

    private byte[] Encode()
    {
        _encoded.ResetWrittenCount();
        for (var ordinal = 0; ordinal < _sent.Length; ordinal++)
        {
            if (_sent[ordinal] is { } range)
            {
                FieldValues.Append(_encoded, (byte)ordinal, _json.WrittenSpan[range]);
            }
        }

        return _encoded.WrittenSpan.ToArray();
    }
}

/// <summary>One record of a request.</summary>
internal readonly record struct IncomingRecord
{
    /// <summary>Why it is skipped whatever is in the database; null when it is fine.</summary>
    public Refusal? Refusal { get; init; }

    public bool HasUnknownField { get; init; }

    /// <summary>The id it names; <see cref="Guid.Empty"/> for one that cannot be.</summary>
    public Guid? Guid { get; init; }

    /// <summary>Its key; null when a dedupe field is missing.</summary>
    public string? Key { get; init; }

    /// <summary>The key of a record that was checked to have one.</summary>
    public string CheckedKey => Key ?? throw new InvalidOperationException("The record has no key");

    /// <summary>See <see cref="FieldValues"/>.</summary>
    public byte[] Changes { get; init; }
}
