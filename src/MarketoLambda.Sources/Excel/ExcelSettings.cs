using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sources.Excel;

/// <summary>What a job file says of workbooks, wherever they lie.</summary>
internal static class ExcelSettings
{
    /// <summary>What they are, for people.</summary>
    public const string Kind = "Excel workbooks";

    /// <summary>The sheet.</summary>
    public static Setting Sheet { get; } = Setting.Text(
        "sheet", "Name of the sheet that is read. Without it the first whose tab is shown.", null, "Orders");

    public static IReadOnlyList<string> DefaultPatterns { get; } = ["*.xlsx"];

    public static ExcelOptions Read(JobSection section) => new()
    {
        Sheet = section.OptionalText(Sheet.Name),
        RowsBeforeHeader = HeaderSettings.ReadLinesBefore(section),
        Excluded = HeaderSettings.ReadExcluded(section),
        NullValues = section.OptionalNullValues(),
    };
}
