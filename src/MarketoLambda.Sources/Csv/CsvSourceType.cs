using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sources.Csv;

/// <summary>CSV files in a folder, as a job file describes them: <c>"type": "csv"</c>.</summary>
public sealed class CsvSourceType(TimeProvider time) : ISourceType
{
    public string Name => "csv";

    public ISource Read(JobSection section)
    {
        var folder = Path.Combine(section.Folder, section.RequiredText("folder"));
        return new CsvFolderSource(folder, CsvSettings.Read(section, "folder", CsvFolderOptions.DefaultSettleSeconds), time);
    }
}
