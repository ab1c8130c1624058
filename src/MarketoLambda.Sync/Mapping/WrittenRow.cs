using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MarketoLambda.Sync.Mapping;

/// <summary>
/// The values of a source row as a JSON array: what is kept of a row while its record is on its way, for the case that Marketo refuses it.
/// </summary>
/// <remarks>
/// Bytes beside those of the record cost next to nothing; as many texts as the row has cells, kept until an answer comes, cost the
/// collector dear.
/// </remarks>
/// <param name="Columns">The source's columns.</param>
/// <param name="Values">Their values, in that order.</param>
internal readonly record struct WrittenRow(IReadOnlyList<string> Columns, ReadOnlyMemory<byte> Values)
{
    public static JsonWriterOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static WrittenRow From(IReadOnlyList<string> columns, object?[] values)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            Write(json, values);
        }

        return new WrittenRow(columns, stream.ToArray());
    }

    /// <summary>Writes the array.</summary>
    public static void Write(Utf8JsonWriter json, object?[] values)
    {
        json.WriteStartArray();
        foreach (var value in values)
        {
            Write(json, value);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an object with a member for each column.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        using var values = JsonDocument.Parse(Values);
        json.WriteStartObject();
        foreach (var (index, value) in values.RootElement.EnumerateArray().Index())
        {
            json.WritePropertyName(Columns[index]);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    // Text is what most sources have. Other types are told apart, so that they mean the same when they come back.
    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset instant:
                WriteTagged(json, "instant", instant.ToString("O", CultureInfo.InvariantCulture));
                break;
            case DateTime local:
                WriteTagged(json, "local", local.ToString("O", CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                WriteTagged(json, "day", day.ToString("O", CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteTagged(Utf8JsonWriter json, string tag, string text)
    {
        json.WriteStartObject();
        json.WriteString(tag, text);
        json.WriteEndObject();
    }
}
