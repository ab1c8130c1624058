using System.Buffers;

namespace MarketoLambda.Sources.Files;

/// <summary>Finds what no text holds: control characters but tab and line ends, characters for private use, those that are none.</summary>
/// <remarks>Decoders give such characters for bytes that mean nothing in an encoding: so a wrong encoding or damage shows.</remarks>
internal static class OddText
{
    /// <summary>Stands for bytes that are no text: Unicode says that no text ever holds it.</summary>
    public const char Undecodable = '\uFFFF';

    private const char LastOfAscii = '\x7F';

    private static readonly SearchValues<char> PlainAscii = SearchValues.Create(
        [.. "\t\r\n", .. Enumerable.Range(' ', LastOfAscii - ' ').Select(code => (char)code)]);

    /// <summary>Where the first such character stands in a part of the buffer; -1 where there is none.</summary>
    /// <param name="buffer">Looked at before <paramref name="from"/> too, for the first half of a pair.</param>
    /// <param name="from">Begin of the part.</param>
    /// <param name="to">Its end.</param>
    /// <param name="beyondAscii">Counts on the other characters beyond ASCII that are passed.</param>
    public static int Find(ReadOnlySpan<char> buffer, int from, int to, ref long beyondAscii)
    {
        var i = from;
        while (i < to)
        {
            var next = buffer[i..to].IndexOfAnyExcept(PlainAscii);
            if (next < 0)
            {
                return -1;
            }

            for (i += next; i < to && buffer[i] > LastOfAscii; i++)
            {
                if (IsOdd(buffer[i], i == 0 ? ' ' : buffer[i - 1]))
                {
                    return char.IsLowSurrogate(buffer[i]) ? i - 1 : i;
                }

                beyondAscii++;
            }

            if (i < to && buffer[i] <= LastOfAscii && !PlainAscii.Contains(buffer[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether the last character is such a one.</summary>
    public static bool IsOddAtEnd(ReadOnlySpan<char> text)
    {
        var others = 0L;
        return Find(text, text.Length - 1, text.Length, ref others) >= 0;
    }

    /// <summary>A control character of ASCII: bytes of that value are the same in nearly every encoding.</summary>
    public static bool IsAsciiControl(char character) => character is < ' ' or LastOfAscii;

    private static bool IsOdd(char character, char before) => character switch
    {
        < '\xA0' => true,
        < '\uD800' => false,
        <= '\uDB7F' => false,
        <= '\uDBFF' => true, // the first half of what is beyond U+F0000: private use
        <= '\uDFFF' => (character & 0x3FE) == 0x3FE && (before & 0x3F) == 0x3F, // U+xFFFE and U+xFFFF
        <= '\uF8FF' => true,
        >= '\uFDD0' and <= '\uFDEF' => true,
        _ => character >= '\uFFFE',
    };
}
