using System.Globalization;
using System.Text;

namespace MarketoLambda.Sync.Mapping;

/// <summary>
/// Tells text from what no text holds: control characters but tab and line ends, half a character of UTF-16 (a cut emoji), characters for
/// private use, and those that are none.
/// </summary>
/// <remarks>One rule for all sources; it costs the record. Such characters show damage, or text read in a wrong encoding.</remarks>
internal static class SoundText
{
    public static bool IsSound(object? value) => value is not string text || Find(text) < 0;

    /// <summary>What the text holds that no text holds, as the end of a sentence.</summary>
    public static string ProblemOf(string text)
    {
        var odd = text[Find(text)];
        return odd == '\0' ? "a NUL, or bytes that are no text"
            : char.IsSurrogate(odd) ? "half a character (a cut emoji), bytes that are no text, or a character for private use"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the {(char.IsControl(odd) ? "control character" : "character")} U+{(int)odd:X4}, which no text holds");
    }

    // Where it begins; -1 in sound text.
    private static int Find(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is >= ' ' and <= '~')
            {
                var ascii = text[i..].IndexOfAnyExceptInRange(' ', '~');
                if (ascii < 0)
                {
                    return -1;
                }

                i += ascii;
            }

            var length = LengthAt(text, i);
            if (length == 0)
            {
                return i;
            }

            i += length;
        }

        return -1;
    }

    // Of the character there; 0 where it is none.
    private static int LengthAt(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '\t' or '\r' or '\n' => 1,
        < ' ' or (>= '\x7F' and < '\xA0') => 0,
        < '\uD800' => 1,
        <= '\uDBFF' when at + 1 < text.Length && Rune.TryCreate(text[at], text[at + 1], out var rune) =>
            rune.Value >= 0xF0000 || (rune.Value & 0xFFFE) == 0xFFFE ? 0 : 2,
        <= '\uF8FF' => 0,
        (>= '\uFDD0' and <= '\uFDEF') or >= '\uFFFE' => 0,
        _ => 1,
    };
}
