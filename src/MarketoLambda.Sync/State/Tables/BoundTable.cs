using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.State.Tables;

/// <summary>A kept object as this subscription really has it: whatever casing its names have, and without some of the fields.</summary>
internal sealed class BoundTable
{
    /// <summary>Name of Marketo's own id in every custom object.</summary>
    public const string IdName = "marketoGUID";

    private const int AssumedTextLength = 2000;

    /// <summary>Nothing that is counted here comes near it.</summary>
    private const double LargestNumber = 1e15;
    private const string CreatedAt = "createdAt";

    private readonly Dictionary<TableField, RecordField> _fields = [];

    /// <exception cref="StateException">The object's dedupe field is another one, or it lacks a field that is needed.</exception>
    public BoundTable(StateTable kept, RecordTypeDescription description)
    {
        foreach (var field in kept.Fields)
        {
            if (description.FindField(field.Name) is { } found)
            {
                _fields[field] = found;
            }
        }

        var dedupe = description.DedupeFields;
        if (dedupe.Count != 1 || !dedupe[0].Equals(kept.KeyField.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new StateException(
                $"The dedupe field of {kept.ApiName} is {Quantity.List(dedupe, " + ")}, but must be {kept.KeyField.Name} "
                    + $"(\"{kept.KeyField.DisplayName}\") alone. "
                + "A dedupe field cannot be changed after approval: delete the object in Marketo and run \"marketo-lambda init\".");
        }

        KeyName = dedupe[0];
        Missing = [.. kept.Fields.Where(field => !_fields.ContainsKey(field))];
        if (kept.Required.Except(_fields.Keys).ToList() is { Count: > 0 } lacking)
        {
            throw new StateException(
                $"{kept.ApiName} lacks "
                    + $"{string.Join(", ", lacking.Select(field => $"{field.Name} (\"{field.DisplayName}\", {field.DataType})"))}. Run "
                    + "\"marketo-lambda init\" to add what is missing."
            );
        }
    }

    /// <summary>Canonical name of the dedupe field.</summary>
    public string KeyName { get; }

    /// <summary>Fields of ours that this subscription's object lacks; they are neither read nor written.</summary>
    public IReadOnlyList<TableField> Missing { get; }

    /// <summary>Canonical names of all fields to ask for.</summary>
    public IReadOnlyList<string> FieldNames => [.. _fields.Values.Select(found => found.Name), CreatedAt];

    public bool Has(TableField field) => _fields.ContainsKey(field);

    /// <summary>Most characters the field holds; 0 where it is missing.</summary>
    public int CapacityOf(TableField field) => _fields.TryGetValue(field, out var found) ? found.Length ?? AssumedTextLength : 0;

    /// <summary>The text, cut where it is longer than the field.</summary>
    public string? Cut(TableField field, string? text) =>
        text is not null && CapacityOf(field) is > 0 and var capacity ? Excerpt.Cut(text, capacity) : text;

    /// <summary>As many whole lines, from the first, as the field holds; null where it holds none.</summary>
    public string? Fit(TableField field, IReadOnlyList<string> lines)
    {
        var left = CapacityOf(field) + 1;
        var fitting = lines.TakeWhile(line => (left -= line.Length + 1) >= 0).ToList();
        return fitting.Count == 0 ? null : string.Join('\n', fitting);
    }

    /// <summary>A record to send; fields this object lacks are left out, and what is null is cleared.</summary>
    public EncodedRecord Encode(string idName, string id, IEnumerable<(TableField Field, object? Value)> values)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteString(idName, id);
        Write(json, values);
        json.WriteEndObject();
        json.Flush();
        return new EncodedRecord(buffer.WrittenMemory);
    }

    public void Write(Utf8JsonWriter json, IEnumerable<(TableField Field, object? Value)> values)
    {
        foreach (var (field, value) in values)
        {
            if (_fields.TryGetValue(field, out var found))
            {
                json.WritePropertyName(found.Name);
                Write(json, value is long number ? Fitting(number, found.DataType) : value);
            }
        }
    }

    /// <summary>
    /// Text of the field, or null. Marketo answers numbers as strings at times (rest-api/lead-database), and fields made by hand may have
    /// another type than ours.
    /// </summary>
    public string? Text(MarketoRecord record, TableField field) =>
        _fields.TryGetValue(field, out var found) ? Text(record, found.Name) : null;

    public DateTimeOffset? Time(MarketoRecord record, TableField field) => Time(Text(record, field), field.Name);

    public static DateTimeOffset TimeOfCreation(MarketoRecord record) =>
        Time(Text(record, CreatedAt), CreatedAt) ?? DateTimeOffset.MinValue;

    public long? Number(MarketoRecord record, TableField field) =>
        Text(record, field) is not { } text ? null
        : long.TryParse(text, NumberStyles.Integer | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && Math.Abs((double)number) <= LargestNumber
            ? number
        : throw new StateException(
            $"The field {field.Name} of a record in Marketo is not a whole number, or none that can be. Correct or empty it there.");

    /// <summary>
    /// Marketo's integers have 32 bits: a count stays at the largest. In an object made by hand a number may be kept as text.
    /// </summary>
    private static object Fitting(long number, DataType dataType) => dataType switch
    {
        DataType.Integer => Math.Clamp(number, int.MinValue, int.MaxValue),
        DataType.String or DataType.Text => number.ToString(CultureInfo.InvariantCulture),
        _ => number,
    };

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                // Cuts the fraction: rounds down
                json.WriteStringValue(UtcText.Seconds(time));
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    private static string? Text(MarketoRecord record, string name) =>
        record.Fields.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? Time(string? text, string name) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new StateException(
            $"The field {name} of a record in Marketo is not a point in time. Correct it there (for example 2023-12-24T12:34:56Z), or "
                + "empty it to start anew."
        );
}
