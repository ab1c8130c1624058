using System.Text;

namespace MarketoLambda.Sources.Files;

/// <summary>Recognises UTF-16 without a byte order mark: delimiters and line ends have zeros, all on one side.</summary>
internal static class UnmarkedUtf16
{
    private const int MinZeros = 2;

    // In a header without a letter of ASCII, each name is a few letters long.
    private const int MinPercentOfUnits = 5;

    /// <summary>Which of the two it is; null where it is neither.</summary>
    /// <param name="start">The first bytes of the file.</param>
    public static Encoding? Find(ReadOnlySpan<byte> start)
    {
        var zeros = (Even: 0, Odd: 0);
        var units = start.Length / 2;
        for (var unit = 0; unit < units; unit++)
        {
            zeros.Even += start[unit * 2] == 0 ? 1 : 0;
            zeros.Odd += start[(unit * 2) + 1] == 0 ? 1 : 0;
        }

        return zeros switch
        {
            (0, >= MinZeros) when IsEnough(zeros.Odd) && EndsLines(start, littleEndian: true) => Utf16(bigEndian: false),
            ( >= MinZeros, 0) when IsEnough(zeros.Even) && EndsLines(start, littleEndian: false) => Utf16(bigEndian: true),
            _ => null,
        };

        static Encoding Utf16(bool bigEndian) => new UnicodeEncoding(bigEndian, byteOrderMark: false);

        bool IsEnough(int count) => count * 100 >= units * MinPercentOfUnits;
    }

    // A single zero in a file of bytes stands on one side too, but its line ends are single bytes.
    private static bool EndsLines(ReadOnlySpan<byte> start, bool littleEndian)
    {
        for (var at = 0; at < start.Length; at++)
        {
            if (start[at] is (byte)'\n' or (byte)'\r' && (at % 2 == 0) == littleEndian)
            {
                var other = littleEndian ? at + 1 : at - 1;
                return other < start.Length && start[other] == 0;
            }
        }

        return true;
    }
}
