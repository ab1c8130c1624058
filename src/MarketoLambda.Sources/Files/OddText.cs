using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MarketoLambda.Sources.Files;

/// <summary>Finds what no text holds: control characters but tab and line ends, characters for private use, those that are none.</summary>
/// <remarks>Decoders give such characters for bytes that mean nothing in an encoding: so a wrong encoding or damage shows.</remarks>
internal static class OddText
{
    /// <summary>Stands for bytes that are no text: Unicode says that no text ever holds it.</summary>
    public const char Undecodable = '\uFFFF';

    private const char LastOfAscii = '\x7F';

    /// <summary>Where the first such character stands in a part of the buffer; -1 where there is none.</summary>
    /// <param name="buffer">Looked at before <paramref name="from"/> too, for the first half of a pair.</param>
    /// <param name="from">Begin of the part.</param>
    /// <param name="to">Its end.</param>
    /// <param name="beyondAscii">Counts on the other characters beyond ASCII that are passed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find(ReadOnlySpan<char> buffer, int from, int to, ref long beyondAscii)
    {
        var (blanks, letters) = (Vector256.Create((ushort)' '), Vector256.Create((ushort)('~' - ' ')));
        var i = from;
        for (; i <= to - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var block = Vector256.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(buffer)), (nuint)i);
            var others = Vector256.GreaterThan(block - blanks, letters).ExtractMostSignificantBits();
            for (; others != 0; others &= others - 1)
            {
                if (IsOdd(buffer, i + BitOperations.TrailingZeroCount(others), ref beyondAscii) is { } odd)
                {
                    return odd;
                }
            }
        }

        for (; i < to; i++)
        {
            if (IsOdd(buffer, i, ref beyondAscii) is { } odd)
            {
                return odd;
            }
        }

        return -1;
    }

    // Where it begins, if it is.
    private static int? IsOdd(ReadOnlySpan<char> buffer, int i, ref long beyondAscii)
    {
        if (buffer[i] <= LastOfAscii)
        {
            return IsAsciiControl(buffer[i]) && buffer[i] is not ('\t' or '\r' or '\n') ? i : null;
        }

        if (IsOdd(buffer[i], i == 0 ? ' ' : buffer[i - 1]))
        {
            return char.IsLowSurrogate(buffer[i]) ? i - 1 : i;
        }

        beyondAscii++;
        return null;
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
