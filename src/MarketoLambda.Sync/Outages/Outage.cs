namespace MarketoLambda.Sync.Outages;

/// <summary>Runs of a job fail, and Marketo cannot be told: from the first such run until one that can tell it.</summary>
/// <param name="Since">Start of the first run that could not tell.</param>
/// <param name="AlertedAt">When somebody was last told; null as long as nobody could be.</param>
/// <param name="FailedRuns">Runs so far that could not tell.</param>
public sealed record Outage(DateTimeOffset Since, DateTimeOffset? AlertedAt, int FailedRuns)
{
    /// <summary>After this the alert is repeated, so that an outage nobody acted on is not forgotten.</summary>
    public static readonly TimeSpan ReminderAfter = TimeSpan.FromHours(24);

    /// <summary>
    /// When somebody was told who therefore knows of a run that fails now, too; null for nobody. An alert from the future counts for
    /// nothing: a clock was set back.
    /// </summary>
    internal DateTimeOffset? StandingAlertAt(DateTimeOffset now) =>
        AlertedAt is { } at && now >= at && now - at < ReminderAfter ? at : null;

    /// <summary>The outage that a failing run begins or prolongs.</summary>
    internal static Outage Prolonged(Outage? before, DateTimeOffset runStartedAt) =>
        before is null
            ? new Outage(runStartedAt, null, 1)
            : before with
            {
                Since = before.Since < runStartedAt ? before.Since : runStartedAt,
                FailedRuns = Math.Max(0, before.FailedRuns) + 1,
            };
}
