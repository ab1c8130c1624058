using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Cli.Output;

/// <summary>Place and field of a reject, for people.</summary>
/// <param name="job">Whose rejects they are.</param>
/// <param name="withValues">Whoever reads sits at a terminal: what the source had for the field is shown too.</param>
internal sealed class RejectWords(SyncJob job, bool withValues)
{
    /// <summary>Stands for a key that could not be read.</summary>
    public const string UnknownRecord = "unknown record";

    public string Place(SourceLocation location) => (location with { IsLine = job.Source.CountsLines }).ToString();

    /// <summary>Empty where the reason is about the record as a whole.</summary>
    public string Field(string? name, string? value) => name is null ? "" : withValues && value is not null ? $"{name} \"{value}\"" : name;
}
