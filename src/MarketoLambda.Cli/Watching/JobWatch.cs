using MarketoLambda.Hosting.Runs;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Runs;

namespace MarketoLambda.Cli.Watching;

/// <summary>Runs jobs on their schedules, one after the other, until it is asked to stop.</summary>
/// <remarks>
/// A run has a limit of time; a long import goes on behind the jobs that are due meanwhile. A run that fails ends neither the watch nor the
/// other jobs.
/// </remarks>
/// <param name="jobs">The jobs.</param>
/// <param name="time">The clock.</param>
/// <param name="events">Told what happens.</param>
/// <param name="runAsync">Runs a job once.</param>
internal sealed class JobWatch(
    WatchedJobs jobs, TimeProvider time, IWatchEvents events, Func<SyncJob, Task<SyncReport>> runAsync)
{
    /// <summary>A computer that slept, a clock that was set, and a changed job file are noticed within this time.</summary>
    private static readonly TimeSpan MaxSleep = TimeSpan.FromMinutes(1);

    private readonly Queue<WatchedJob> _due = new();

    /// <summary>Watches. What is on its way when it is asked to stop ends itself.</summary>
    /// <exception cref="OperationCanceledException">A run was aborted.</exception>
    public async Task RunAsync(CancellationToken stopRequested)
    {
        while (!stopRequested.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            Plan(now);
            EnqueueDue(now);
            events.Planned();
            if (_due.TryDequeue(out var next))
            {
                await RunAsync(next, stopRequested);
            }
            else
            {
                await SleepAsync(now, stopRequested);
            }
        }
    }

    private void Plan(DateTimeOffset now)
    {
        var isChanged = jobs.Refresh();
        foreach (var job in jobs.All)
        {
            job.Plan(now);
        }

        if (isChanged)
        {
            List<WatchedJob> due = [.. _due.Select(job => jobs.Find(job.Job.Name)).OfType<WatchedJob>()];
            _due.Clear();
            due.ForEach(_due.Enqueue);
            events.Changed(jobs.All);
        }
    }

    private void EnqueueDue(DateTimeOffset now)
    {
        foreach (var job in jobs.All.Where(job => job.DueAt <= now))
        {
            job.Begin(now);
            if (!_due.Contains(job))
            {
                _due.Enqueue(job);
            }
        }
    }

    private async Task RunAsync(WatchedJob next, CancellationToken stopRequested)
    {
        events.Began(next);
        try
        {
            var report = await runAsync(next.Job);
            next.End(report, time.GetUtcNow());
            if (Continuation.IsWorthwhile(report) && !_due.Contains(next))
            {
                _due.Enqueue(next);
            }
        }
        catch (OperationCanceledException) when (stopRequested.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // one run that ends in an exception must not end the others
        catch (Exception failure)
#pragma warning restore CA1031
        {
            next.Fail(time.GetUtcNow());
            events.Failed(next, failure);
            return;
        }

        events.Ended(next);
    }

    private async Task SleepAsync(DateTimeOffset now, CancellationToken stopRequested)
    {
        var until = jobs.All.Min(job => job.DueAt) is { } due && due - now < MaxSleep ? due - now : MaxSleep;
        try
        {
            await time.PauseAsync(until, stopRequested);
        }
        catch (OperationCanceledException) when (stopRequested.IsCancellationRequested)
        {
            // The loop sees it.
        }
    }
}
