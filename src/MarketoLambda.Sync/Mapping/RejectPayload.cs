using System.Globalization;
using System.Text;
using System.Text.Json;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Sync.Mapping;

/// <summary>
/// What a reject is tried again with: <c>{"record":{…}}</c>, the record as Marketo refused it, or <c>{"row":{…}}</c>, the source's values
/// that the mapping refused.
/// </summary>
/// <remarks>A refused record is sent as it was; a refused row is mapped anew, so that a corrected mapping takes effect.</remarks>
public sealed class RejectPayload
{
    private const string Record = "record";
    private const string Row = "row";

    private readonly EncodedRecord? _record;
    private readonly WrittenRow? _row;

    private RejectPayload(EncodedRecord? record, WrittenRow? row)
    {
        _record = record;
        _row = row;
    }

    /// <summary>A record that was sent.</summary>
    public static RejectPayload From(EncodedRecord record) => new(record, null);

    /// <summary>A record that was sent, with the row it was made of, for people.</summary>
    internal static RejectPayload From(EncodedRecord record, WrittenRow? row) => new(record, row);

    /// <summary>A row that could not be mapped.</summary>
    /// <param name="columns">The source's columns.</param>
    /// <param name="values">Their values, in that order.</param>
    public static RejectPayload From(IReadOnlyList<string> columns, object?[] values) => new(null, WrittenRow.From(columns, values));

    /// <summary>What is left where the whole does not fit; null where nothing can be left out.</summary>
    public RejectPayload? Shorter() => _record is { } record && _row is { Columns.Count: > 0 } ? From(record) : null;

    public string ToJson()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, WrittenRow.Readable))
        {
            json.WriteStartObject();
            if (_record is { } record)
            {
                json.WritePropertyName(Record);
                json.WriteRawValue(record.Json.Span);
            }

            if (_row is { } row && (row.Columns.Count > 0 || _record is null))
            {
                json.WritePropertyName(Row);
                row.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="columns">The columns a row's values are wanted for; one it does not have is empty.</param>
    internal static StoredPayload Read(string text, IReadOnlyList<string> columns)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.Object ? new StoredPayload.Unreadable()
                : json.RootElement.TryGetProperty(Record, out var record) && record.ValueKind == JsonValueKind.Object
                    ? new StoredPayload.Sent(new EncodedRecord(Encoding.UTF8.GetBytes(record.GetRawText())))
                : json.RootElement.TryGetProperty(Row, out var row) && row.ValueKind == JsonValueKind.Object
                    ? new StoredPayload.Row([.. columns.Select(column => row.TryGetProperty(column, out var value) ? Value(value) : null)])
                : new StoredPayload.Unreadable();
        }
        catch (Exception mistake) when (mistake is JsonException or FormatException)
        {
            return new StoredPayload.Unreadable();
        }
    }

    /// <summary>The source's values in what <see cref="ToJson"/> wrote, as text; null where it has none.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="columns">The columns whose values are wanted; one it does not have is empty.</param>
    public static IReadOnlyList<string>? ReadRow(string text, IReadOnlyList<string> columns)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(Row, out var row)
                && row.ValueKind == JsonValueKind.Object
                ?
                [
                    .. columns.Select(column =>
                        row.TryGetProperty(column, out var value) && Value(value) is { } known ? SourceText.Format(known) : ""),
                ]
                : null;
        }
        catch (Exception mistake) when (mistake is JsonException or FormatException)
        {
            return null;
        }
    }

    private static object? Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
            JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole
            : value.TryGetDecimal(out var number) ? number
            : value.GetDouble(),
            JsonValueKind.Object when value.TryGetProperty("instant", out var instant) => DateTimeOffset.Parse(
                instant.GetString() ?? "",
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind),
            JsonValueKind.Object when value.TryGetProperty("local", out var local) => DateTime.Parse(
                local.GetString() ?? "",
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind),
            JsonValueKind.Object when value.TryGetProperty("day", out var day) => DateOnly.Parse(
                day.GetString() ?? "",
                CultureInfo.InvariantCulture),
            _ => null,
        };
}
