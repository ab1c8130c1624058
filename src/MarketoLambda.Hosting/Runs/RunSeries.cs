using MarketoLambda.Marketo.Calls;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Hosting.Runs;

/// <summary>
/// A long import on a workstation, as several runs: the lease of one that is killed holds for a quarter of an hour, not for ever.
/// </summary>
public sealed class RunSeries(TimeProvider time, TimeSpan? limit, CancellationToken stopRequested)
{
    /// <summary>Time of one run: enough to search a batch for a record that Marketo chokes on.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>What a run needs to get anywhere.</summary>
    private static readonly TimeSpan MinUseful = TimeSpan.FromSeconds(90);

    private readonly DateTimeOffset _end = limit is { } left ? time.GetUtcNow() + left : DateTimeOffset.MaxValue;

    /// <summary>Runs until the source is exhausted, somebody asks to stop, or time is up; reports all as one.</summary>
    public async Task<SyncReport> RunAsync(
        Func<RunDeadline, IProgress<RunProgress>?, Task<SyncReport>> run,
        IProgress<RunProgress>? progress)
    {
        SyncReport? sum = null;
        while (true)
        {
            var remaining = _end - time.GetUtcNow();
            RunDeadline deadline = new(time, remaining < Length ? remaining : Length, stopRequested);
            var report = await run(deadline, progress is null || sum is null ? progress : new Offset(sum, progress));
            if (report is { Outcome: RunOutcome.Busy, BusyUntil: { } until } && sum is not null && until < _end)
            {
                // The run before had sent something, and got no answer to it.
                await time.PauseAsync(Continuation.WaitFor(until, time.GetUtcNow(), min: TimeSpan.Zero), stopRequested);
                continue;
            }

            sum = sum is null ? report : Sum(sum, report);
            if (!Continuation.IsWorthwhile(report) || _end - time.GetUtcNow() < MinUseful)
            {
                return sum;
            }
        }
    }

    private static SyncReport Sum(SyncReport before, SyncReport last) => last with
    {
        Outcome = last.Outcome == RunOutcome.NothingNew ? RunOutcome.Succeeded : last.Outcome,
        StartedAt = before.StartedAt,
        Elapsed = last.StartedAt - before.StartedAt + last.Elapsed,
        Accepted = before.Accepted + last.Accepted,
        Created = before.Created + last.Created,
        Updated = before.Updated + last.Updated,
        Deleted = before.Deleted + last.Deleted,
        Unchanged = before.Unchanged + last.Unchanged,
        Rejected = before.Rejected + last.Rejected,
        Waiting = before.Waiting + last.Waiting,
        Resolved = before.Resolved + last.Resolved,
        Dismissed = before.Dismissed + last.Dismissed,
        Skipped = before.Skipped + last.Skipped,
        Repeated = before.Repeated + last.Repeated,
        Superseded = before.Superseded + last.Superseded,
        Notices = [.. Notices(before, last)],
        NoticeCount = Notices(before, last).Count() + before.NoticeCount - before.Notices.Count + last.NoticeCount - last.Notices.Count,
    };

    private static IEnumerable<RunNotice> Notices(SyncReport before, SyncReport last) => before.Notices.Concat(last.Notices).Distinct();

    /// <summary>Adds what the runs before did.</summary>
    private sealed class Offset(SyncReport before, IProgress<RunProgress> progress) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => progress.Report(value with
        {
            Accepted = value.Accepted + before.Accepted,
            Rejected = value.Rejected + before.Rejected,
            Skipped = value.Skipped + before.Skipped,
            Elapsed = value.Elapsed + before.Elapsed,
        });
    }
}
