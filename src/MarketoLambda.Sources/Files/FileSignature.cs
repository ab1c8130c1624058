using System.Text;

namespace MarketoLambda.Sources.Files;

/// <summary>Recognises by their first bytes the files that people put where rows of text are expected.</summary>
internal static class FileSignature
{
    private const string Unpack = "unpack it, or pack it with gzip instead";
    private const string SaveAsCsv = "save it as CSV";

    private static readonly (byte[] Begin, string Kind)[] Binary =
    [
        ([0x1F, 0x8B], "gzip inside gzip; pack it once"),
        ([0xD0, 0xCF, 0x11, 0xE0], $"an old Excel workbook or another Office file; {SaveAsCsv}"),
        ([.. "PAR1"u8], $"a Parquet file; {SaveAsCsv}"),
        ([.. "Obj\x01"u8], $"an Avro file; {SaveAsCsv}"),
        ([.. "ORC"u8], $"an ORC file; {SaveAsCsv}"),
        ([.. "%PDF"u8], $"a PDF document; {SaveAsCsv}"),
        ([.. "SQLite format 3\0"u8], $"a SQLite database; {SaveAsCsv}"),
        ([.. "BZh"u8], $"packed with bzip2; {Unpack}"),
        ([0xFD, .. "7zXZ"u8], $"packed with xz; {Unpack}"),
        ([0x28, 0xB5, 0x2F, 0xFD], $"packed with Zstandard; {Unpack}"),
        ([.. "7z"u8, 0xBC, 0xAF], $"a 7-Zip archive; {Unpack}"),
        ([.. "Rar!"u8], $"a RAR archive; {Unpack}"),
        ([0x89, .. "PNG"u8], "a picture"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
    ];

    private static readonly (string Begin, string Kind)[] Text =
    [
        ("{", "JSON"),
        ("[", "JSON"),
        ("<!doctype html", "a web page, perhaps an error page or a sign-in page; fetch it again"),
        ("<html", "a web page, perhaps an error page or a sign-in page; fetch it again"),
        ("<", $"XML; {SaveAsCsv}"),
        ("-----BEGIN PGP", "encrypted with PGP; decrypt it"),
    ];

    /// <summary>What the file is, and what helps, as the end of a sentence; null where nothing is recognised.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="start">Its first bytes, unpacked.</param>
    /// <param name="wanted">What is expected.</param>
    public static string? Find(string name, ReadOnlySpan<byte> start, string wanted = "CSV") =>
        Find(name, start)?.Replace(SaveAsCsv, $"save it as {wanted}", StringComparison.Ordinal);

    private static string? Find(string name, ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8))
        {
            return name.Contains(".xls", StringComparison.OrdinalIgnoreCase)
                || start.IndexOf("xl/"u8) >= 0 || start.IndexOf("[Content_Types].xml"u8) >= 0
                ? $"an Excel workbook or another Office file; {SaveAsCsv}, or have workbooks read as \"excel\""
                : $"a zip archive; {Unpack}";
        }

        foreach (var (begin, kind) in Binary)
        {
            if (start.StartsWith(begin))
            {
                return kind;
            }
        }

        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 64)]).TrimStart('\xEF', '\xBB', '\xBF', ' ', '\t', '\r', '\n');
        return Text.FirstOrDefault(known => text.StartsWith(known.Begin, StringComparison.OrdinalIgnoreCase)).Kind is not { } found ? null
            : found == "JSON" ? $"JSON; {SaveAsCsv}, or have JSON lines read as \"jsonLines\""
            : found;
    }
}
