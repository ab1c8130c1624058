using System.Text;
using System.Text.Json;

namespace MarketoLambda.Emulator.Records;

/// <summary>Canonical JSON of one value, and back to the plain text a key or filter compares.</summary>
internal static class ValueText
{
    /// <summary>A JSON string as it is stored; nothing is escaped that need not be.</summary>
    public static byte[] Quote(string text) => Encoding.UTF8.GetBytes(QuoteText(text));

    /// <summary>The same as text.</summary>
    public static string QuoteText(string text) =>
        $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>Text of a stored value: strings without quotes and escapes, everything else as it is.</summary>
    public static string From(ReadOnlySpan<byte> json)
    {
        if (json.Length == 0 || json[0] != (byte)'"')
        {
            return Encoding.UTF8.GetString(json);
        }

        if (json.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(json[1..^1]);
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.GetString() ?? "";
    }
}
