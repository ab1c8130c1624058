using System.Buffers;
using System.Globalization;
using System.Text;
using MarketoLambda.Sources.Files;

namespace MarketoLambda.Sources.Csv;

/// <summary>What is odd about the characters of a row.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="First">The first of them.</param>
internal readonly record struct OddCharacters(OddKind Kind, int First)
{
    /// <summary>What is said of a row with several NULs in a row.</summary>
    public const string Hole = "has a hole of NULs, as in a file of which a part was never written: rows are missing; fetch the file again";

    /// <param name="part">The row, from the first such character on.</param>
    public static OddCharacters Scan(ReadOnlySpan<char> part)
    {
        var kind = part.Contains("\0\0", StringComparison.Ordinal) ? OddKind.Hole
            : OddText.IsAsciiControl(part[0]) ? OddKind.Control
            : OddKind.Bytes;
        return new OddCharacters(kind, Rune.DecodeFromUtf16(part, out var first, out _) == OperationStatus.Done ? first.Value : part[0]);
    }

    /// <summary>Why the row cannot be sent, as the end of a sentence about it.</summary>
    public string Problem(OpenText text) => First switch
    {
        0 => "has a NUL, which no text holds",
        OddText.Undecodable => $"has bytes that are no {text.Encoding.WebName} text",
        <= 0x9F => $"has the control character {Code}, which no text holds",
        _ => $"has the character {Code}, which means nothing",
    };

    /// <summary>Why the whole file cannot be read with certainty, as the end of a sentence about the row.</summary>
    public string Error(OpenText text)
    {
        if (Kind == OddKind.Hole)
        {
            return Hole;
        }

        return Windows(text.Encoding.CodePage) is { } windows && First <= 0x9F
            ? $"has bytes that {text.Encoding.WebName} does not have; this looks like windows-{windows}: set \"encoding\" to it"
            : $"has bytes that are no {text.Encoding.WebName} text; set \"encoding\" to what the file is written in";
    }

    // Windows puts letters and quotation marks where ISO 8859 has control characters.
    private static int? Windows(int codePage) => codePage switch
    {
        28591 or 28605 => 1252,
        28592 => 1250,
        28595 => 1251,
        28597 => 1253,
        28598 => 1255,
        28599 => 1254,
        _ => null,
    };

    private string Code => string.Create(CultureInfo.InvariantCulture, $"U+{First:X4}");
}

/// <summary>What odd characters show.</summary>
internal enum OddKind
{
    /// <summary>A control character of ASCII; in all encodings the same.</summary>
    Control,

    /// <summary>Bytes that mean nothing in this encoding.</summary>
    Bytes,

    /// <summary>A part of the file is missing.</summary>
    Hole,
}
