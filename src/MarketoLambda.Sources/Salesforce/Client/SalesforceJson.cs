using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Reads JSON that nobody vouches for: a document of another form is a failed call, and text that is none stays what it is, for
/// the mapping to refuse.</summary>
internal static class SalesforceJson
{
    /// <summary>No text holds this character. (A decoder drops NUL as a replacement.)</summary>
    private const char NoCharacter = '\uFFFF';

    private static readonly Encoding Utf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback,
        new DecoderReplacementFallback(NoCharacter.ToString()));

    /// <exception cref="SalesforceException">The answer is not JSON, or lacks what <paramref name="read"/> needs.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(body.Span.Contains((byte)0) ? Escaped(body.Span) : body);
            return read(json.RootElement);
        }
        catch (JsonException)
        {
            throw SalesforceException.Foreign(HttpStatusCode.OK);
        }
        catch (Exception mistake) when (mistake is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw SalesforceException.Misfit("lacks what every such answer holds", mistake);
        }
    }

    /// <summary>Text of bytes. Those that are no UTF-8 become NUL, so that their record is rejected and no other one.</summary>
    public static string Decoded(ReadOnlySpan<byte> bytes) => Utf8.GetString(bytes).Replace(NoCharacter, '\0');

    /// <summary>A text as it was sent, half characters included; where the bytes are no UTF-8, with NUL in their place.</summary>
    public static string Text(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException) when (text.ValueKind == JsonValueKind.String)
        {
            return Unescaped(Decoded(JsonMarshal.GetRawUtf8Value(text)[1..^1]));
        }
    }

    /// <summary>A NUL as JSON has to write it, so that the parser leaves it to the record it stands in.</summary>
    private static byte[] Escaped(ReadOnlySpan<byte> body) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace("\0", "\\u0000", StringComparison.Ordinal));

    private static string Unescaped(string raw)
    {
        StringBuilder text = new(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            var escape = raw[++i];
            text.Append(escape switch
            {
                'u' => (char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => escape,
            });
            i += escape == 'u' ? 4 : 0;
        }

        return text.ToString();
    }
}
