using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Hosting.Runs;

/// <summary>
/// The jobs that have not finished in a round, in which every job runs once: because of them others are skipped, that come after them.
/// </summary>
/// <remarks>
/// A job has finished when its run found nothing new or imported everything, with rejects or without. One that failed, ran out of time or
/// of the day's calls, was stopped, is at work elsewhere or was skipped itself has not: what comes after it could miss what it imports.
/// </remarks>
public sealed class UnfinishedJobs
{
    private readonly Dictionary<string, RunOutcome> _outcomes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How their runs ended, by the job's name.</summary>
    public IReadOnlyDictionary<string, RunOutcome> Outcomes => _outcomes;

    /// <summary>A job's run has ended; one that finished is not kept.</summary>
    public void Add(string job, RunOutcome outcome)
    {
        if (outcome is not (RunOutcome.NothingNew or RunOutcome.Succeeded))
        {
            _outcomes[job] = outcome;
        }
    }

    /// <summary>The job because of which this one is skipped; null where it runs.</summary>
    public SkipCause? FindCause(SyncJob job) =>
        job.RunsAfterUnfinished || job.After.FirstOrDefault(_outcomes.ContainsKey) is not { } before
            ? null
            : new SkipCause(before, _outcomes[before]);
}

/// <summary>Why a job is skipped in a round.</summary>
/// <param name="Job">The job that comes before it.</param>
/// <param name="Outcome">How that one's run ended.</param>
public sealed record SkipCause(string Job, RunOutcome Outcome)
{
    /// <summary>Completes "companies …".</summary>
    public string Verb => Outcome switch
    {
        RunOutcome.Failed => "has failed",
        RunOutcome.Busy => "is at work elsewhere",
        RunOutcome.Skipped => "was skipped itself",
        _ => "is not finished yet",
    };

    /// <summary>The report of a run that did not take place: one sentence says why, and what can be done.</summary>
    /// <param name="job">The job that is skipped.</param>
    /// <param name="at">Now.</param>
    public SyncReport Report(string job, DateTimeOffset at) => new()
    {
        Job = job,
        RunNumber = 0,
        Outcome = RunOutcome.Skipped,
        StartedAt = at,
        Elapsed = TimeSpan.Zero,
        Accepted = 0,
        Rejected = 0,
        Skipped = 0,
        Repeated = 0,
        Superseded = 0,
        Unrecorded = 0,
        Checkpoint = null,
        Notices = [],
        Error = $"{job} is skipped in this round, because {Job}, which comes before it, {Verb}. The next round goes on with it; "
            + $"\"marketo-lambda run {job}\" runs it now.",
    };
}
