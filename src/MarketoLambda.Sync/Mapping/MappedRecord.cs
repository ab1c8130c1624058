using System.Buffers;
using System.Text.Json;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Mapping;

/// <summary>A source record ready to be sent.</summary>
/// <param name="Key">Which record of Marketo it is.</param>
/// <param name="Json">Its fields.</param>
/// <param name="Location">Where it came from.</param>
internal sealed record MappedRecord(RecordKey Key, EncodedRecord Json, SourceLocation Location)
{
    /// <summary>When it was last changed in its source; null where that is not known.</summary>
    public DateTimeOffset? CursorValue { get; init; }

    /// <summary>Where it stands in its source, and since when.</summary>
    public SourcePlace Place => new(Location, CursorValue);

    /// <summary>The row it was made of, for people who have to correct it.</summary>
    public WrittenRow? Row { get; init; }

    /// <summary>A field was left out, because its value is empty: Marketo keeps what it has there.</summary>
    public bool IsPartial { get; init; }

    /// <inheritdoc cref="SourceRecord.Corrects"/>
    public string? Corrects { get; init; }

    /// <summary>The record is to be deleted; its JSON holds the key alone.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>The version whose place this one took before either was sent; null where there was none.</summary>
    public MappedRecord? Earlier { get; private init; }

    /// <summary>
    /// One record that does what the two would do, sent one after the other: what this one leaves out comes from the earlier one.
    /// </summary>
    public MappedRecord On(MappedRecord earlier) =>
        this with { Json = IsPartial ? Merged(Json, earlier.Json) : Json, Earlier = earlier };

    private static EncodedRecord Merged(EncodedRecord later, EncodedRecord earlier)
    {
        using var newer = JsonDocument.Parse(later.Json);
        using var older = JsonDocument.Parse(earlier.Json);
        ArrayBufferWriter<byte> buffer = new(later.Json.Length + earlier.Json.Length);
        using Utf8JsonWriter json = new(buffer, WrittenRow.Readable);
        json.WriteStartObject();
        foreach (
            var field in newer
                .RootElement.EnumerateObject()
                .Concat(older.RootElement.EnumerateObject().Where(field => !newer.RootElement.TryGetProperty(field.Name, out _))))
        {
            field.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return new EncodedRecord(buffer.WrittenMemory);
    }
}
