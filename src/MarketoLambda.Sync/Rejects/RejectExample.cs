using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Rejects;

/// <summary>
/// A reject that helped to stop a run, for people: it was not put aside, and the next run reads its record again.
/// </summary>
/// <param name="Code">Marketo's codes, joined by a plus, or a name of our own.</param>
/// <param name="Reason">One sentence; may quote a field value.</param>
/// <param name="Location">Where the record stands in its source.</param>
public sealed record RejectExample(string Code, string Reason, SourceLocation Location)
{
    private const int MaxValue = 100;

    /// <summary>The record's dedupe values; null when they could not be read.</summary>
    public string? Key { get; init; }

    /// <summary>The field that the reason is about; null where it is about the record as a whole.</summary>
    public string? Field { get; init; }

    /// <summary>The field's value in the source, at most its first 100 characters; null where it is not known.</summary>
    public string? Value { get; init; }

    internal static RejectExample From(RejectedRecord reject, SyncJob job)
    {
        var field = RejectedField.Find(reject.Reason, reject.Payload?.ToJson(), job);
        return new RejectExample(reject.Code, reject.Reason, reject.Location)
        {
            Key = reject.Key,
            Field = field?.Name,
            Value = field?.Value is { } text ? Excerpt.Cut(text, MaxValue) : null,
        };
    }

    /// <summary>One line of JSON.</summary>
    internal string ToJson()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, WrittenRow.Readable))
        {
            JsonSerializer.Serialize(json, this, RejectJson.Default.RejectExample);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote; null where somebody has changed it to what is none.</summary>
    public static RejectExample? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RejectJson.Default.RejectExample);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(RejectExample))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class RejectJson : JsonSerializerContext;
