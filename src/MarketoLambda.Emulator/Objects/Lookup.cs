using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>What a query looks for: some values of the key, of the GUID, or of a link field.</summary>
/// <remarks>Only <c>searchableFields</c> may be looked for; there is no way to list all records.</remarks>
internal sealed class Lookup
{
    private readonly EmulatorOptions _options;
    private readonly IdField _id;
    private readonly bool _byGuid;

    /// <summary>The fields looked for, in the order of the key; empty for the GUID.</summary>
    private readonly IReadOnlyList<FieldDefinition> _fields;
    private readonly List<string> _values = [];

    private Lookup(EmulatorOptions options, IdField id, IReadOnlyList<FieldDefinition> fields, bool byGuid)
    {
        (_options, _id, _fields, _byGuid) = (options, id, fields, byGuid);
    }

    /// <summary>The link field looked for, which the default row then shows too.</summary>
    public FieldDefinition? LinkField => _fields is [{ RelatedTo: not null } link] ? link : null;

    /// <summary>A field looked for that is no key: every record is looked at.</summary>
    private FieldDefinition? OtherField => LinkField ?? (_fields is [{ IsSearchable: true } other] ? other : null);

    public static bool TryRead(
        LookupRequest request,
        ObjectSchema schema,
        EmulatorOptions options,
        [NotNullWhen(true)] out Lookup? lookup,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        lookup = request.FilterType is { } filterType ? Parse(filterType, request.Input is not null, schema, options) : null;
        refusal = request.FilterType is null ? Refusal.Invalid("filterType not specified")
            : lookup is null ? Refusal.Invalid($"Invalid filterType '{request.FilterType}'")
            : lookup.ReadValues(request);
        lookup = refusal is null ? lookup : null;
        return lookup is not null;
    }

    /// <summary>Matching records: in the order of the values, then of their creation.</summary>
    public IEnumerable<StoredRecord> Find(RecordTable records)
    {
        if (_byGuid)
        {
            return _values
                .Select(value => _id.Parse(value) is { } id && records.TryGet(id, out var found) ? found : null)
                .OfType<StoredRecord>();
        }

        return OtherField is { } other
            ? _values.SelectMany(value => records.WithValue(other.Ordinal, value, ignoreCase: false))
            : _values.SelectMany(records.WithKey);
    }

    private static Lookup? Parse(string filterType, bool isJson, ObjectSchema schema, EmulatorOptions options)
    {
        var ignoreCase = options.Quirks.FieldNamesIgnoreCase;
        if (filterType is "idField" or "idFields" || schema.SystemField(filterType, ignoreCase) == schema.Id.Name)
        {
            return new Lookup(options, schema.Id, [], byGuid: true);
        }

        var field = schema.Find(filterType, ignoreCase);
        if (field is { RelatedTo: not null } or { IsSearchable: true })
        {
            return new Lookup(options, schema.Id, [field], byGuid: false);
        }

        // One field of a compound key is not searchable, and values in the URI cannot spell a compound key.
        var isWholeKey = filterType == "dedupeFields" || (schema.DedupeFields is [var only] && only == field);
        return isWholeKey && (isJson || schema.DedupeFields.Length == 1)
            ? new Lookup(options, schema.Id, schema.DedupeFields, byGuid: false)
            : null;
    }

    private Refusal? ReadValues(LookupRequest request)
    {
        var count = request.Input?.Count ?? request.FilterValues?.Count ?? 0;
        if (count == 0)
        {
            return request.Input is null ? Refusal.Invalid("filterValues not specified") : Refusal.MissingParameter("input");
        }

        if (count > _options.MaxRecordsPerCall)
        {
            return Refusal.Invalid($"The filter has {count} values, {_options.MaxRecordsPerCall} are allowed");
        }

        foreach (var value in request.FilterValues ?? [])
        {
            Add(_byGuid ? [value] : [Canonical(_fields[0], value)]);
        }

        foreach (var record in request.Input ?? [])
        {
            if (ReadKey(record) is not { } key)
            {
                return Refusal.Invalid("Each input must have every field of the key");
            }

            Add(key);
        }

        return null;
    }

    private List<string>? ReadKey(JsonElement record)
    {
        var names = _byGuid ? [_id.Name] : _fields.Select(field => field.Name);
        var texts = new List<string>();
        foreach (var name in names)
        {
            if (
                record.ValueKind != JsonValueKind.Object
                || Property(record, name)
                    is not { ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value)
            {
                return null;
            }

            texts.Add(_byGuid ? value.ToString() : Canonical(_fields[texts.Count], value.ToString()));
        }

        return texts;
    }

    private JsonElement? Property(JsonElement record, string name)
    {
        var comparison = _options.Quirks.FieldNamesIgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var property in record.EnumerateObject())
        {
            if (property.Name.Equals(name, comparison))
            {
                return property.Value;
            }
        }

        return null;
    }

    private string Canonical(FieldDefinition field, string text) => new ValueReader(_options).Canonical(field, text);

    private void Add(List<string> texts)
    {
        var isKey = !_byGuid && OtherField is null;
        var value = isKey ? RecordKey.From(texts, _options.Quirks.KeyValuesIgnoreCase) : texts[0];
        if (!_values.Contains(value))
        {
            _values.Add(value);
        }
    }
}
