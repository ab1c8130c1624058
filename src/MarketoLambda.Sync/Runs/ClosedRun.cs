using MarketoLambda.Sync.Outages;

namespace MarketoLambda.Sync.Runs;

/// <summary>A run whose end is recorded, or alerted.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Alert">The alert which says that this could not be recorded in Marketo; null where none was needed.</param>
internal sealed record ClosedRun(RunResult End, Alert? Alert)
{
    public SyncReport Report(SyncRun run, DateTimeOffset now)
    {
        var leased = run.Leased;
        var written = leased?.Prefix.Written ?? default;
        var rejects = leased?.Checkpoints.Rejects?.Counters ?? run.Start?.State.Rejects;
        var known = leased?.Checkpoints.Saved ?? run.Start?.State;
        return new SyncReport
        {
            Job = run.Job.Name,
            RunNumber = leased?.Lease.Row.Number ?? known?.LastRunNumber ?? 0,
            Outcome = End.Outcome,
            StartedAt = run.StartedAt,
            Elapsed = now - run.StartedAt,
            Accepted = leased?.Prefix.Accepted ?? 0,
            Created = written.Created,
            Updated = written.Updated,
            Deleted = written.Deleted,
            Unchanged = written.Unchanged,
            Rejected = leased?.Prefix.Rejected ?? 0,
            Resolved = leased?.Resolved ?? 0,
            Dismissed = leased?.Dismissed ?? 0,
            Waiting = leased?.Prefix.Waiting ?? 0,
            OpenRejects = rejects?.Open ?? 0,
            WaitingInAll = rejects?.Waiting ?? 0,
            Skipped = End is RunResult.NothingNew idle ? idle.Skipped : leased?.Progress.RecordsSkipped ?? 0,
            Repeated = leased?.Progress.RecordsRepeated ?? 0,
            Superseded = leased?.Prefix.Superseded ?? 0,
            Unrecorded = leased?.Unrecorded ?? 0,
            Checkpoint = known?.Checkpoint,
            Notices = [.. run.Notices.First],
            NoticeCount = run.Notices.Count,
            Error = (End as RunResult.Stopped)?.Error,
            IsAlerted = Alert is not null,
            StandingAlertSentAt = Alert?.StandsSince,
            BusyUntil = (End as RunResult.Busy)?.Until,
        };
    }
}
