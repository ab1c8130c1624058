using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.State;

/// <summary>What Marketo remembers of one import.</summary>
/// <param name="MarketoGuid">Marketo's own id of the record.</param>
/// <param name="ApiName">The imported object, and the job.</param>
public sealed record StateRecord(string MarketoGuid, string ApiName)
{
    /// <summary>How far the import got.</summary>
    public Checkpoint Checkpoint { get; init; } = Checkpoint.Start;

    /// <summary>When the last row of <see cref="Checkpoint.LastFileName"/> was finished.</summary>
    public DateTimeOffset? LastFileIngestedAt { get; init; }

    /// <summary>When the object was last emptied and started anew.</summary>
    public DateTimeOffset? EpochStartedAt { get; init; }

    /// <summary>Records accepted by Marketo since then.</summary>
    public long TotalRecordsInEpoch { get; init; }

    /// <summary>The newest run that did something; null before the first.</summary>
    public LastRun? LastRun { get; init; }

    /// <summary>Source and mapping of the newest run that imported; null before it, or where the state object lacks the field.</summary>
    public JobDefinition? Definition { get; init; }

    /// <summary>
    /// How many notices the source gave when it was last read, and the first of them; empty for none, null where the state object lacks the
    /// field.
    /// </summary>
    public string? Notices { get; init; }

    /// <summary>The job's rejects in Marketo; null where the state object lacks the fields for them.</summary>
    public RejectCounters? Rejects { get; init; }

    /// <summary>
    /// What has changed in the job file since then, as a sentence with the remedy; null where nothing has, or nothing was imported.
    /// </summary>
    public string? ChangeOf(SyncJob job) => Checkpoint == Checkpoint.Start ? null : job.Definition?.ChangeSince(Definition, ApiName);

    /// <summary>Number of that run; 0 before the first.</summary>
    internal long LastRunNumber => LastRun?.Number ?? 0;
}

/// <summary>How the newest run went.</summary>
public sealed record LastRun
{
    /// <summary>From 1, without gaps for runs that found nothing new.</summary>
    public required long Number { get; init; }

    /// <summary>Words for people, from <see cref="RunOutcomeText"/>.</summary>
    public required string Outcome { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Records Marketo accepted.</summary>
    public long Records { get; init; }

    /// <summary>Records rejected.</summary>
    public long Rejects { get; init; }

    /// <summary>What went wrong and what to do; null after a clean run.</summary>
    public string? Error { get; init; }

    /// <summary>Nothing in it needs to be corrected by a run that finds nothing new. An outcome that is not stored tells nothing.</summary>
    internal bool IsClean => Error is null && (Outcome.Length == 0 || RunOutcomeText.IsSuccess(Outcome));
}
