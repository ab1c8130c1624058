using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.S3;

/// <summary>What the objects of a bucket hold, as the setting <c>format</c> says.</summary>
internal static class BucketFormat
{
    private const string Csv = "csv";
    private const string Excel = "excel";
    private const string JsonLines = "jsonLines";

    private static readonly Setting Format = Setting.Choice("format", "What the files hold.", Csv, Excel, JsonLines, Csv);

    /// <summary>Those of every format, each only with its own.</summary>
    public static IReadOnlyList<Setting> All(int settleSeconds) =>
    [
        Format,
        .. CsvSettings.Own.Select(setting => setting.OnlyWith(Format.Name, Csv)),
        .. HeaderSettings.All.Select(setting => setting.OnlyWith(Format.Name, Csv, Excel)),
        ExcelSettings.Sheet.OnlyWith(Format.Name, Excel).Needing(Format.Name),
        .. CommonSettings.All(patterns: null, settleSeconds),
    ];

    /// <summary>Reads them, and makes the source.</summary>
    /// <param name="section">The job's source.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="place">The setting that names the place.</param>
    /// <param name="settleSeconds">What holds where the job says nothing of it.</param>
    /// <param name="advice">What could be set up better.</param>
    /// <param name="time">The clock.</param>
    public static ISource Read(
        JobSection section, IFileFolder folder, string place, int settleSeconds, IReadOnlyList<string> advice, TimeProvider time)
    {
        switch (section.OptionalChoice(Format))
        {
            case Excel:
                var workbooks = CommonSettings.Read(section, place, ExcelSettings.DefaultPatterns, settleSeconds);
                return Source(ExcelSettings.Kind, workbooks, new ExcelFormat(ExcelSettings.Read(section)));
            case JsonLines:
                var lines = CommonSettings.Read(section, place, JsonLinesSourceType.DefaultPatterns, settleSeconds);
                return Source(JsonLinesSourceType.Kind, lines, new JsonLinesFormat(), countsLines: true);
            default:
                return new CsvFolderSource(folder, CsvSettings.Read(section, place, settleSeconds), time) { Advice = advice };
        }

        FilesSource Source(string kind, CommonOptions options, IFileFormat format, bool countsLines = false) =>
            new(kind, folder, moved: null, options.With(format), options.Conventions, time) { Advice = advice, CountsLines = countsLines };
    }
}
