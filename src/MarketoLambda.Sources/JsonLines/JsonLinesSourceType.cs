using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.JsonLines;

/// <summary>JSON lines in a folder, as a job file describes them: <c>"type": "jsonLines"</c>.</summary>
public sealed class JsonLinesSourceType(TimeProvider time) : ISourceType
{
    /// <summary>What they are, for people.</summary>
    internal const string Kind = "JSON lines";

    internal static IReadOnlyList<string> DefaultPatterns { get; } = ["*.jsonl", "*.jsonl.gz", "*.ndjson", "*.ndjson.gz"];

    public string Name => "jsonLines";

    public string Description => "Files of JSON lines in a folder, in the order of their names.";

    public IReadOnlyList<Setting> Settings { get; } =
        [FolderSettings.Folder, .. CommonSettings.All(DefaultPatterns, CommonSettings.SettleSecondsOnDisk), .. FolderSettings.OnDisk];

    public ISource Read(JobSection section)
    {
        var folder = FolderSettings.ReadFolder(section);
        var options = CommonSettings.Read(section, FolderSettings.Folder.Name, DefaultPatterns, CommonSettings.SettleSecondsOnDisk);
        return FilesSource.OnDisk(Kind, folder, FolderSettings.WithMove(section, options), new JsonLinesFormat(), countsLines: true, time);
    }
}
