using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.Json;

/// <summary>The form of every <see cref="Checkpoint.Resume"/>: readable JSON that only this program writes.</summary>
internal static class ResumeJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="SourceException">The text is in no form that this program writes.</exception>
    public static T Parse<T>(string resume, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(resume);
            return read(json.RootElement);
        }
        catch (Exception mistake) when (mistake is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw NotOurs();
        }
    }

    /// <summary>What a person is told about a position that cannot be understood.</summary>
    public static SourceException NotOurs() => new(
        "The stored resume position is not one this program understands: a newer version wrote it, or it was changed by hand. "
        + "Restore it, or reset the job; nothing was read");

    /// <summary>One object with the members that <paramref name="write"/> writes.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>A list of texts, for an id of several parts.</summary>
    public static string Texts(IEnumerable<string> texts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartArray();
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("null where text must be");

    public static DateTimeOffset Instant(JsonElement value) => value.GetDateTimeOffset().ToUniversalTime();

    public static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    public static void WriteInstant(Utf8JsonWriter json, string name, DateTimeOffset? instant) =>
        WriteText(json, name, instant is { } known ? UtcText.Exact(known) : null);
}
