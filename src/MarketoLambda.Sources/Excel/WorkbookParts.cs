using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace MarketoLambda.Sources.Excel;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">As its tab says.</param>
/// <param name="IsVisible">Its tab is shown.</param>
/// <param name="Part">Name of the part that holds its cells.</param>
internal sealed record Sheet(string Name, bool IsVisible, string Part);

/// <summary>Finds the parts of a workbook.</summary>
/// <remarks>Source: ECMA-376, part 1, 18.2 "Workbook", and part 2, "Relationships".</remarks>
internal static class WorkbookParts
{
    public const string Workbook = "xl/workbook.xml";

    // Others hold charts, or what was a dialog once.
    private const string OfCells = "/worksheet";

    private const string Relations = "xl/_rels/workbook.xml.rels";

    /// <summary>Sheets of cells, in the order of their tabs.</summary>
    public static IReadOnlyList<Sheet> Sheets(ZipArchive zip)
    {
        var targets = Load(zip, Relations).Descendants()
            .Where(element => element.Name.LocalName == "Relationship"
                && Attribute(element, "Type").EndsWith(OfCells, StringComparison.Ordinal))
            .ToDictionary(element => Attribute(element, "Id"), element => Attribute(element, "Target"));
        return
        [
            .. Load(zip, Workbook).Descendants()
                .Where(element => element.Name.LocalName == "sheet" && targets.ContainsKey(Attribute(element, "id")))
                .Select(element => new Sheet(
                Attribute(element, "name"),
                Attribute(element, "state") is "" or "visible",
                PartOf(targets[Attribute(element, "id")]))),
        ];
    }

    /// <summary>A part's bytes.</summary>
    public static Stream Open(ZipArchive zip, string part) =>
        (zip.GetEntry(part) ?? zip.Entries.First(entry => entry.FullName.Equals(part, StringComparison.OrdinalIgnoreCase))).Open();

    private static string PartOf(string target)
    {
        var path = target.Replace('\\', '/');
        return path.StartsWith('/') ? path[1..] : path.StartsWith("xl/", StringComparison.Ordinal) ? path : "xl/" + path;
    }

    private static string Attribute(XElement element, string name) =>
        element.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == name)?.Value ?? "";

    private static XDocument Load(ZipArchive zip, string part)
    {
        using var bytes = Open(zip, part);
        using var xml = XmlReader.Create(bytes, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(xml);
    }
}
