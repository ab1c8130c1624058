using System.Text.Json.Nodes;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Guesses;

/// <summary>What is known of a job before it is guessed.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Source">Its source.</param>
public sealed record GuessRequest(string Name, GuessedSource Source)
{
    /// <summary>The section <c>target</c> of the job; null where its name says what it fills.</summary>
    public JsonObject? Target { get; init; }

    /// <summary>What it fills, as Marketo describes it; null where that does not exist yet, or Marketo is not asked.</summary>
    public RecordTypeDescription? Description { get; init; }

    /// <summary>The zone that times without an offset are likely in.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The job as the job file would have it so far, with every column: to read the source, and to ask for the target.</summary>
    /// <param name="path">The job file.</param>
    /// <param name="sourceTypes">The sources a job may use.</param>
    /// <exception cref="JobFileException">A setting of the source or target is wrong.</exception>
    public SyncJob Parse(string path, IReadOnlyList<ISourceType> sourceTypes)
    {
        JsonObject fields = new(
            Source.Columns.Select((column, i) => KeyValuePair.Create($"field{i}", (JsonNode?)new JsonObject { ["from"] = column })));
        JsonObject job = new() { ["source"] = Source.Section, ["key"] = "field0", ["fields"] = fields };
        if (Target is not null)
        {
            job["target"] = Target.DeepClone();
        }

        JsonObject file = new() { ["jobs"] = new JsonObject { [Name] = job } };
        return JobFile.Parse(file.ToJsonString(), path, sourceTypes)[0];
    }
}
