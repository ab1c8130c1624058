using System.Text;

namespace MarketoLambda.Sources.Excel;

/// <summary>Recognises what people and programs give the name of a workbook.</summary>
internal static class ExcelSignature
{
    private const string Save = "open it in Excel and save it as .xlsx";

    /// <summary>What the file is, and what helps, as the end of a sentence; null where it begins as a workbook does.</summary>
    public static string? Foreign(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("PK\x03\x04"u8))
        {
            return null;
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return file.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
                ? "is protected by a password; save it without one"
                : $"is an old Excel workbook (.xls) or another Office file; {Save}";
        }

        var start = Encoding.Latin1.GetString(file[..Math.Min(file.Length, 64)]).TrimStart('\xEF', '\xBB', '\xBF', ' ', '\t', '\r', '\n');
        return start.StartsWith('<') ? $"is no Excel workbook but a web page or XML; {Save}, or fetch it again"
            : file.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "is packed with gzip; unpack it: a workbook is packed already"
            : file[..Math.Min(file.Length, 4096)].ContainsAnyInRange((byte)0, (byte)8) ? $"is no Excel workbook (.xlsx); {Save}"
            : "is no Excel workbook but text, perhaps CSV; save it as .xlsx, or read it as CSV";
    }
}
