using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Csv;

/// <summary>CSV files in a folder, as a job file describes them: <c>"type": "csv"</c>.</summary>
public sealed class CsvSourceType(TimeProvider time) : ISourceType
{
    public string Name => "csv";

    public string Description => "CSV files in a folder, in the order of their names.";

    public IReadOnlyList<Setting> Settings { get; } =
    [
        FolderSettings.Folder,
        .. CsvSettings.Own,
        .. HeaderSettings.All,
        .. CommonSettings.All(CsvFolderOptions.DefaultPatterns, CsvFolderOptions.DefaultSettleSeconds),
        .. FolderSettings.OnDisk,
    ];

    public ISource Read(JobSection section)
    {
        var folder = FolderSettings.ReadFolder(section);
        var options = CsvSettings.Read(section, FolderSettings.Folder.Name, CsvFolderOptions.DefaultSettleSeconds);
        return new CsvFolderSource(folder, options with { Files = options.Files with { MoveTo = FolderSettings.ReadMove(section) } }, time);
    }
}
