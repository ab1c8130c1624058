using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sources.Json;

/// <summary>Reads text out of JSON that nobody vouches for: what is no text stays what it is, for the mapping to refuse.</summary>
internal static class JsonText
{
    /// <summary>No text holds this character. (A decoder drops NUL as a replacement.)</summary>
    private const char NoCharacter = '\uFFFF';

    private static readonly Encoding Utf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback,
        new DecoderReplacementFallback(NoCharacter.ToString()));

    /// <summary>Text of bytes. Those that are no UTF-8 become NUL, so that their record is rejected and no other one.</summary>
    public static string Decoded(ReadOnlySpan<byte> bytes) => Utf8.GetString(bytes).Replace(NoCharacter, '\0');

    /// <summary>A text as it was sent, half characters included; where the bytes are no UTF-8, with NUL in their place.</summary>
    public static string Read(JsonElement text)
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
