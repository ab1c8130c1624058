using System.Diagnostics.CodeAnalysis;
using MarketoLambda.Sync.Schedules;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.CustomObjects;

namespace MarketoLambda.Sync.Jobs;

/// <summary>One import: from a source into one target.</summary>
/// <param name="Name">The job's name. By default it is the API name of the custom object that the job fills.</param>
/// <param name="Source">Where records come from.</param>
/// <param name="KeyFields">The target's dedupe fields.</param>
/// <param name="Fields">What goes where; holds every key field.</param>
public sealed record SyncJob(string Name, ISource Source, IReadOnlyList<string> KeyFields, IReadOnlyList<FieldMapping> Fields)
{
    /// <summary>What it fills. Default: the custom object that is named like the job.</summary>
    [field: AllowNull]
    public ITarget Target { get => field ?? new CustomObjectTarget(Name); init; }

    /// <summary>The job has its name from the object it fills: then Marketo's spelling of it counts.</summary>
    public bool IsNamedLikeTarget => Name.Equals(Target.ApiName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Jobs of the same file, by name, that run before this one where all jobs run.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Where one of <see cref="After"/> has not finished in a round, this one runs all the same. Default: it is skipped.</summary>
    public bool RunsAfterUnfinished { get; init; }

    /// <summary>Share of rejects among a run's first 10,000 records above which it stops: percent, 0 to 100. 100 never stops.</summary>
    public int StopAbovePercentRejected { get; init; } = 5;

    /// <summary>
    /// How long a reject is tried again that may pass by itself, because the person or record it names does not exist in Marketo yet. 0 to
    /// 30 days; 0 never.
    /// </summary>
    public TimeSpan RetryRejectsFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What the job file says of source and mapping, hashed; null where the job is not from a file.</summary>
    public JobDefinition? Definition { get; init; }

    /// <summary>When <c>watch</c> runs it; null for never.</summary>
    public JobSchedule? Schedule { get; init; }

    /// <summary>Values of the source that stand for nothing, such as <c>\N</c>: they are empty before everything else.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>
    /// Texts written for Excel, such as <c>="0013"</c>, become what they mean; null where the job does not say: then they are told.
    /// </summary>
    public bool? UnwrapsExcelText { get; init; }

    /// <summary>Columns the source has to hand out, each once, in the order of the values of its records.</summary>
    public IReadOnlyList<string> Columns => [.. Fields.SelectMany(mapping => mapping.From.Columns).Distinct(StringComparer.Ordinal)];
}
