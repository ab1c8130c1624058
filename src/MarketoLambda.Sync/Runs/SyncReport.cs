using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>What one run did.</summary>
public sealed record SyncReport
{
    /// <summary>The job's name.</summary>
    public required string Job { get; init; }

    /// <summary>Number of the run in the state record; 0 when the record could not be read.</summary>
    public required long RunNumber { get; init; }

    public required RunOutcome Outcome { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Records Marketo accepted, up to the first gap.</summary>
    public required long Accepted { get; init; }

    /// <summary>Accepted records that did not exist before, as far as Marketo's answers say.</summary>
    public long Created { get; init; }

    /// <summary>Accepted records that existed.</summary>
    public long Updated { get; init; }

    /// <summary>Accepted records that are gone now.</summary>
    public long Deleted { get; init; }

    /// <summary>Accepted records that were in Marketo already as they are to be, and were not written.</summary>
    public long Unchanged { get; init; }

    /// <summary>Records rejected and stored, without those that wait, up to the first gap.</summary>
    public required long Rejected { get; init; }

    /// <summary>
    /// Records that wait for the person or record that they name, up to the first gap: stored, and tried again by later runs.
    /// </summary>
    public long Waiting { get; init; }

    /// <summary>Earlier rejects that Marketo accepted now.</summary>
    public long Resolved { get; init; }

    /// <summary>Rejects that somebody let go of.</summary>
    public long Dismissed { get; init; }

    /// <summary>
    /// Rejects of the job that are kept in Marketo and are not in its object, without those that wait, as far as the run could see.
    /// </summary>
    public long OpenRejects { get; init; }

    /// <summary>Records of the job that wait, of this run and of earlier ones, as far as the run could see.</summary>
    public long WaitingInAll { get; init; }

    /// <summary>Records below the mark, passed over.</summary>
    public required long Skipped { get; init; }

    /// <summary>Records below the mark that the source handed out again, to be sure: the price of its overlap.</summary>
    public required long Repeated { get; init; }

    /// <summary>Versions of a record that a later one replaced before they were sent.</summary>
    public required long Superseded { get; init; }

    /// <summary>Accepted records that no checkpoint in Marketo counts; the next run sends them again, which changes nothing.</summary>
    public required long Unrecorded { get; init; }

    /// <summary>The checkpoint that Marketo acknowledged last; null when it could not even be read.</summary>
    public required Checkpoint? Checkpoint { get; init; }

    /// <summary>What the source had to say, in order; at most the first 100.</summary>
    public required IReadOnlyList<RunNotice> Notices { get; init; }

    /// <summary>How many notices there were in all.</summary>
    public long NoticeCount { get; init; }

    /// <summary>What went wrong and what to do; null unless the run failed, met the quota or was skipped.</summary>
    public string? Error { get; init; }

    /// <summary>The failure could not be recorded in Marketo, so an alert tells of it: one this run sent, or the one that stands.</summary>
    public bool IsAlerted { get; init; }

    /// <summary>
    /// When an earlier run sent the alert of this outage, which tells of this run too; null when this run sent one itself, or needed none.
    /// </summary>
    public DateTimeOffset? StandingAlertSentAt { get; init; }

    /// <summary>Another run of the job is at work, at most until then; null unless the outcome is <see cref="RunOutcome.Busy"/>.</summary>
    public DateTimeOffset? BusyUntil { get; init; }
}
