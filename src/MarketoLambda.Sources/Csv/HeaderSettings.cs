using System.Text.Json.Nodes;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sources.Csv;

/// <summary>What a job file says of the header of a table, and of rows that are no records.</summary>
internal static class HeaderSettings
{
    private const int MaxLinesBeforeHeader = 1000;

    private static readonly Setting HeaderRow = Setting.WholeNumber(
        "headerRow", "Line of the header, as an editor counts, or row of the sheet.", 1, MaxLinesBeforeHeader + 1, 1);
    private static readonly Setting SkipLines = Setting.WholeNumber(
        "skipLines", "The same as the number of lines before the header.", 0, MaxLinesBeforeHeader, 0);
    private static readonly Setting SkipRows = new(
        "skipRows",
        "Rows that are no records, such as totals: columns, each with the value or values by which such a row is known.",
        new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = Setting.Texts("", "").Value,
            ["examples"] = new JsonArray(new JsonObject { ["Serial Number"] = "Total" }),
        });

    public static IReadOnlyList<Setting> All { get; } = [HeaderRow, SkipLines, SkipRows];

    /// <summary>How many lines stand before the header.</summary>
    public static int ReadLinesBefore(JobSection section)
    {
        var skipped = section.OptionalInteger(SkipLines);
        var row = section.OptionalInteger(HeaderRow);
        if (skipped > 0 && row > 1 && row != skipped + 1)
        {
            section.AddError(HeaderRow.Name, "contradicts \"skipLines\"; one of the two is enough");
        }

        return Math.Max(skipped, row - 1);
    }

    /// <summary>Rows that are no records.</summary>
    public static IReadOnlyList<ExcludedRows> ReadExcluded(JobSection section) =>
        [.. section.OptionalSection(SkipRows.Name)?.Lists().Select(ReadExcluded) ?? []];

    private static ExcludedRows ReadExcluded((string Column, IReadOnlyList<string> Texts) rows) =>
        new(rows.Column, [.. rows.Texts.Select(value => value.Trim())]);
}
