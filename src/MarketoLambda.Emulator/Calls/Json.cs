using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace MarketoLambda.Emulator.Calls;

/// <summary>Writes JSON as Marketo does: compact, and escaping no more than it must.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The document, or null when the text is not JSON in proper UTF-8. A byte order mark before it is passed over.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var text = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
            CheckSurrogates(text.Span);
            return Utf8.IsValid(text.Span) ? JsonDocument.Parse(text) : null;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Finds half a surrogate pair, which the parser would pass and the first look at the string would not.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    private static void CheckSurrogates(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf(@"\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                _ = reader.GetString();
            }
        }
    }

    /// <summary>Text of a string property; null when it is absent, null or something else.</summary>
    public static string? Text(this JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A choice by name. What is no text is given as it stands, so that it fits none of the names.</summary>
    /// <param name="otherwise">Holds where the property is absent or null.</param>
    public static string Choice(this JsonElement element, string property, string otherwise) =>
        !element.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null ? otherwise
        : value.ValueKind == JsonValueKind.String ? value.GetString() ?? otherwise
        : value.GetRawText();

    public static bool IsTrue(this JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;
}
