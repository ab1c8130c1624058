using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Excel;

/// <summary>Excel workbooks in a folder, as a job file describes them: <c>"type": "excel"</c>.</summary>
public sealed class ExcelSourceType(TimeProvider time) : ISourceType
{
    public string Name => "excel";

    public string Description => "Excel workbooks (.xlsx) in a folder, in the order of their names.";

    public IReadOnlyList<Setting> Settings { get; } =
    [
        FolderSettings.Folder,
        ExcelSettings.Sheet, .. HeaderSettings.All,
        .. CommonSettings.All(ExcelSettings.DefaultPatterns, CommonSettings.SettleSecondsOnDisk),
        .. FolderSettings.OnDisk,
    ];

    public ISource Read(JobSection section)
    {
        var folder = FolderSettings.ReadFolder(section);
        var options = CommonSettings.Read(
            section, FolderSettings.Folder.Name, ExcelSettings.DefaultPatterns, CommonSettings.SettleSecondsOnDisk);
        ExcelFormat format = new(ExcelSettings.Read(section));
        return FilesSource.OnDisk(ExcelSettings.Kind, folder, FolderSettings.WithMove(section, options), format, countsLines: false, time);
    }
}
