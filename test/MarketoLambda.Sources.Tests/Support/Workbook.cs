using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace MarketoLambda.Sources.Tests.Support;

/// <summary>Writes workbooks as Excel does, part by part.</summary>
public sealed class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string State, string Cells, string Behind)> _sheets = [];
    private const string Chart = "chart";

    private readonly List<string> _shared = [];
    private readonly List<string> _formats = ["General"];

    /// <summary>Texts stand in a part of their own, in pieces of different formats, as Excel writes them.</summary>
    public bool SharesTexts { get; init; }

    /// <summary>Days are counted from 1904.</summary>
    public bool CountsFrom1904 { get; init; }

    /// <summary>A workbook of one sheet: cells as <see cref="Cell"/> takes them, null for a row that is not there.</summary>
    public static byte[] Of(params object?[]?[] rows) => new Workbook().With("Sheet1", rows).ToBytes();

    /// <summary>Adds a sheet.</summary>
    public Workbook With(string name, object?[]?[] rows, string state = "visible", params string[] merged)
    {
        StringBuilder cells = new();
        foreach (var (index, row) in rows.Index())
        {
            if (row is not null)
            {
                cells.Append(
                    CultureInfo.InvariantCulture,
                    $"<row r=\"{index + 1}\">{string.Concat(row.Index().Select(cell => Xml(cell.Item, Place(index, cell.Index))))}</row>");
            }
        }

        var behind =
            merged.Length == 0 ? "" : $"<mergeCells>{string.Concat(merged.Select(range => $"<mergeCell ref=\"{range}\"/>"))}</mergeCells>";
        _sheets.Add((name, state, cells.ToString(), behind));
        return this;
    }

    /// <summary>Adds a sheet that is a chart.</summary>
    public Workbook WithChart(string name)
    {
        _sheets.Add((name, "visible", "", Chart));
        return this;
    }

    public byte[] ToBytes()
    {
        var sheets = string.Concat(
            _sheets.Select(
                (sheet, i) =>
                    $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{i + 1}\" state=\"{sheet.State}\" r:id=\"s{i + 1}\"/>")
        );
        Dictionary<string, string> parts = new()
        {
            ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            ["xl/workbook.xml"] =
                $"<workbook xmlns=\"{Main}\" "
                + $"xmlns:r=\"{Relations}\">{(CountsFrom1904 ? "<workbookPr date1904=\"1\"/>" : "")}<sheets>{sheets}</sheets></workbook>",
            ["xl/_rels/workbook.xml.rels"] =
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + string.Concat(
                    _sheets.Select(
                        (sheet, i) =>
                            $"<Relationship Id=\"s{i + 1}\" Type=\"{Relations}/{KindOf(sheet)}\" "
                                + $"Target=\"{KindOf(sheet)}s/sheet{i + 1}.xml\"/>"
                    ))
                + $"<Relationship Id=\"t\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                + $"<Relationship Id=\"y\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>",
            ["xl/styles.xml"] =
                $"<styleSheet xmlns=\"{Main}\"><numFmts>"
                + string.Concat(
                    _formats.Select((format, i) => $"<numFmt numFmtId=\"{200 + i}\" formatCode=\"{SecurityElement.Escape(format)}\"/>"))
                + $"</numFmts><cellXfs>{string.Concat(_formats.Select((_, i) => $"<xf numFmtId=\"{200 + i}\"/>"))}</cellXfs></styleSheet>",
        };
        foreach (var (index, sheet) in _sheets.Index())
        {
            parts[$"xl/{KindOf(sheet)}s/sheet{index + 1}.xml"] = sheet.Behind == Chart
                ? $"<chartsheet xmlns=\"{Main}\"/>"
                : $"<worksheet xmlns=\"{Main}\"><sheetData>{sheet.Cells}</sheetData>{sheet.Behind}</worksheet>";
        }

        parts["xl/sharedStrings.xml"] = $"<sst xmlns=\"{Main}\">{string.Concat(_shared)}</sst>";
        return Zip(parts);
    }

    private static string KindOf((string Name, string State, string Cells, string Behind) sheet) =>
        sheet.Behind == Chart ? "chartsheet" : "worksheet";

    public static byte[] Zip(IReadOnlyDictionary<string, string> parts)
    {
        MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    // A cell is a text, a number, a truth, or a Cell.
    private string Xml(object? value, string place) =>
        value switch
        {
            null => "",
            string text when SharesTexts => $"<c r=\"{place}\" t=\"s\"><v>{Share(text)}</v></c>",
            string text => $"<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>",
            bool flag => $"<c r=\"{place}\" t=\"b\"><v>{(flag ? 1 : 0)}</v></c>",
            Cell { Error: { } error } => $"<c r=\"{place}\" t=\"e\"><f>1/0</f><v>{error}</v></c>",
            Cell { Formula: { } formula, Number: null } => $"<c r=\"{place}\"><f>{SecurityElement.Escape(formula)}</f></c>",
            Cell cell => $"<c r=\"{place}\" "
                + $"s=\"{StyleOf(cell.Format)}\">{(cell.Formula is null ? "" : $"<f>{SecurityElement.Escape(cell.Formula)}</f>")}<v>{cell.Number}</v></c>",
            IFormattable number => $"<c r=\"{place}\"><v>{number.ToString(null, CultureInfo.InvariantCulture)}</v></c>",
            _ => throw new ArgumentException("no cell"),
        };

    private int Share(string text)
    {
        var half = text.Length / 2;
        _shared.Add(
            string.Concat("<si>", Run(text[..half]), Run(text[half..]), "<rPh sb=\"0\" eb=\"1\"><t>how it is spoken</t></rPh></si>"));
        return _shared.Count - 1;

        static string Run(string part) => $"<r><rPr><b/></rPr><t xml:space=\"preserve\">{SecurityElement.Escape(part)}</t></r>";
    }

    private int StyleOf(string format)
    {
        if (!_formats.Contains(format))
        {
            _formats.Add(format);
        }

        return _formats.IndexOf(format);
    }

    private static string Place(int row, int column) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(column >= 26 ? $"{(char)('A' + (column / 26) - 1)}" : "")}{(char)('A' + (column % 26))}{row + 1}");
}

/// <summary>A cell that is more than its value.</summary>
/// <param name="Number">As it is stored.</param>
/// <param name="Format">Its number format.</param>
public sealed record Cell(string? Number, string Format = "General")
{
    public string? Formula { get; init; }

    public string? Error { get; init; }

    public static Cell Wrong(string error) => new((string?)null) { Error = error };
}
