using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Records;

/// <summary>Checks one value against its field's type and gives the canonical JSON that is stored.</summary>
internal sealed class ValueReader(EmulatorOptions options)
{
    private EmulatorQuirks Quirks => options.Quirks;

    /// <summary>Canonical JSON of the value; empty for null and for <c>""</c>, which Marketo stores as null.</summary>
    public Refusal? Read(FieldDefinition field, JsonElement value, out ReadOnlySpan<byte> json)
    {
        json = default;
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String
                when field.ValueType
                    is FieldDataTypes.String
                        or FieldDataTypes.Text
                        or FieldDataTypes.Email
                        or FieldDataTypes.Phone
                        or FieldDataTypes.Url:
                return ReadText(field, value, out json);
            case JsonValueKind.String when value.GetString() is { Length: 0 }:
                return null;
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                var canonical = Scalar(field, value);
                json = canonical;
                return canonical is null ? Wrong(field, value) : null;
            default:
                return Wrong(field, value);
        }
    }

    /// <summary>
    /// Text of a filter value in the form it is stored in, so that the two can be compared; itself when it does not fit the type.
    /// </summary>
    public string Canonical(FieldDefinition field, string text) =>
        field.ValueType == FieldDataTypes.Datetime ? MarketoDatetime.Read(text, Quirks) ?? text : text;

    /// <summary>Most characters the field takes; null when its length is not limited.</summary>
    public int? LengthOf(FieldDefinition field) =>
        field.Length
        ?? (
            field.ValueType == FieldDataTypes.Text ? options.TextFieldLength
            : FieldDataTypes.HasLength(field.ValueType) ? options.StringFieldLength
            : null);

    private Refusal? ReadText(FieldDefinition field, JsonElement value, out ReadOnlySpan<byte> json)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var max = LengthOf(field) ?? int.MaxValue;
        if (raw.Length - 2 <= max && raw.IndexOf((byte)'\\') < 0 && Utf8.IsValid(raw))
        {
            json = raw.Length == 2 ? default : raw;
            return null;
        }

        json = default;
        var text = value.GetString() ?? "";
        var countsBytes = Quirks.TextLengthInBytes && field.ValueType != FieldDataTypes.String;
        var isTooLong = (countsBytes ? Encoding.UTF8.GetByteCount(text) : text.Length) > max;
        if (isTooLong && !Quirks.TruncateLongStrings)
        {
            return Refusal.WrongType(text, $"{field.DataType}({max})");
        }

        json = text.Length == 0 ? default : ValueText.Quote(isTooLong ? Cut(text, max, countsBytes) : text);
        return null;
    }

    private static string Cut(string text, int max, bool countsBytes)
    {
        if (!countsBytes)
        {
            return text[..max];
        }

        Utf8.FromUtf16(text, new byte[max], out var characters, out _);
        return text[..characters];
    }

    private byte[]? Scalar(FieldDefinition field, JsonElement value) => field.ValueType switch
    {
        FieldDataTypes.Integer or FieldDataTypes.Percent or FieldDataTypes.Score or FieldDataTypes.Reference => Integer(field, value),
        FieldDataTypes.Float or FieldDataTypes.Currency => Float(value),
        FieldDataTypes.Boolean => Boolean(value),
        FieldDataTypes.Date => Quoted(value, MarketoDatetime.ReadDate),
        FieldDataTypes.Datetime => Quoted(value, text => MarketoDatetime.Read(text, Quirks)),
        _ => Quirks.ConvertsScalars || field.DataType == FieldDataTypes.Link ? ValueText.Quote(value.GetRawText()) : null,
    };

    /// <remarks>Adobe's own examples give the id of a linked lead as a string and as a number, so a link takes both.</remarks>
    private byte[]? Integer(FieldDefinition field, JsonElement value)
    {
        var takesText = Quirks.ConvertsScalars || field.DataType == FieldDataTypes.Link;
        var text = value.ValueKind == JsonValueKind.Number || takesText ? value.ToString() : null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    private byte[]? Float(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && (!value.TryGetDouble(out var exact) || !double.IsFinite(exact)))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var plain))
        {
            return Encoding.ASCII.GetBytes((plain == 0 ? 0 : plain).ToString(CultureInfo.InvariantCulture));
        }

        var takesText = Quirks.ConvertsScalars || value.ValueKind == JsonValueKind.Number;
        return
            takesText
            && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? Encoding.ASCII.GetBytes(number.ToString("R", CultureInfo.InvariantCulture))
            : null;
    }

    private byte[]? Boolean(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => "true"u8.ToArray(),
            JsonValueKind.False => "false"u8.ToArray(),
            JsonValueKind.String when Quirks.ConvertsScalars && bool.TryParse(value.GetString(), out var parsed) => parsed
                ? "true"u8.ToArray()
                : "false"u8.ToArray(),
            _ => null,
        };

    private static byte[]? Quoted(JsonElement value, Func<string, string?> read) =>
        value.ValueKind == JsonValueKind.String && read(value.GetString() ?? "") is { } canonical ? ValueText.Quote(canonical) : null;

    private static Refusal Wrong(FieldDefinition field, JsonElement value) =>
        Refusal.WrongType(value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText(), field.DataType);
}
