using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>CSV files in a folder, as a job file describes them: <c>"type": "csv"</c>.</summary>
public sealed class CsvSourceType(TimeProvider time) : ISourceType
{
    private static readonly Setting Folder = Setting.Text("folder", "The folder, relative to the job file; folders inside it are not read.", null, "drop").Required();

    public string Name => "csv";

    public string Description => "CSV files in a folder, in the order of their names.";

    public IReadOnlyList<Setting> Settings { get; } = [Folder, .. CsvSettings.All(CsvFolderOptions.DefaultSettleSeconds), .. FolderSettings.OnDisk];

    public ISource Read(JobSection section)
    {
        var folder = Path.Combine(section.Folder, section.RequiredText(Folder.Name));
        var options = CsvSettings.Read(section, Folder.Name, CsvFolderOptions.DefaultSettleSeconds);
        return new CsvFolderSource(folder, options with { Files = options.Files with { MoveTo = FolderSettings.ReadMove(section) } }, time);
    }
}
