using System.Diagnostics;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Sync.Runs;

/// <summary>Runs a job once: looks for what is new, claims the run, imports it, and writes down how far it got.</summary>
public sealed partial class SyncEngine(
    MarketoClient client,
    StateStore states,
    IWarmStates warmStates,
    RunLeases leases,
    RunEnding ending,
    RejectPolicy rejects,
    IOptions<MarketoOptions> marketo,
    TimeProvider time,
    ILogger<SyncEngine> logger)
{
    /// <summary>Runs the job until its source has nothing more, or the deadline says stop.</summary>
    /// <returns>What the run did. A failure is told in the report once it is recorded in Marketo, or an alert went out.</returns>
    /// <exception cref="OperationCanceledException">The run was aborted; the last checkpoint stands.</exception>
    /// <exception cref="AlertNotSentException">The run failed, could not be recorded, and the alert could not be sent either.</exception>
    /// <exception cref="LeaseLostException">
    /// The host slept, or its clock was set: another run may have gone on, so this one may not even say how it ended.
    /// </exception>
    public Task<SyncReport> RunAsync(
        SyncJob job,
        RunDeadline deadline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            new SyncRun(job, job.Target.Open(client), RunKind.Import, backfill: null, time.GetUtcNow(), logger),
            deadline,
            progress,
            cancellationToken);

    /// <summary>Tries all rejects again that can be, and reads nothing new.</summary>
    /// <inheritdoc cref="RunAsync(SyncJob, RunDeadline, IProgress{RunProgress}?, CancellationToken)"/>
    public Task<SyncReport> RetryRejectsAsync(SyncJob job, RunDeadline deadline, CancellationToken cancellationToken) =>
        WorkOnRejectsAsync(job, RejectWork.RetryAll(), deadline, cancellationToken);

    /// <summary>Tries rejects again or lets go of them, and reads nothing new.</summary>
    /// <inheritdoc cref="RunAsync(SyncJob, RunDeadline, IProgress{RunProgress}?, CancellationToken)"/>
    public Task<SyncReport> WorkOnRejectsAsync(SyncJob job, RejectWork work, RunDeadline deadline, CancellationToken cancellationToken) =>
        RunAsync(
            new SyncRun(job, job.Target.Open(client), RunKind.Retry, backfill: null, time.GetUtcNow(), logger) { RejectWork = work },
            deadline,
            progress: null,
            cancellationToken);

    /// <summary>Imports a stretch of the past again, or the next part of it.</summary>
    /// <inheritdoc cref="RunAsync(SyncJob, RunDeadline, IProgress{RunProgress}?, CancellationToken)"/>
    public Task<SyncReport> BackfillAsync(
        SyncJob job,
        Backfill backfill,
        RunDeadline deadline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            new SyncRun(job, job.Target.Open(client), RunKind.Backfill, backfill, time.GetUtcNow(), logger),
            deadline,
            progress,
            cancellationToken);

    private async Task<SyncReport> RunAsync(
        SyncRun run,
        RunDeadline deadline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var activity = RunInstruments.StartRun(run.Job.ApiName);
        try
        {
            var report = await RunAndEndAsync(run, deadline, progress, cancellationToken);
            RunInstruments.Ended(report, time.GetUtcNow());
            activity?.SetTag("outcome", report.Outcome.ToString());
            activity?.SetStatus(report.Outcome == RunOutcome.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            return report;
        }
        catch
        {
            RunInstruments.Failed(run.Job.ApiName);
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private async Task<SyncReport> RunAndEndAsync(
        SyncRun run,
        RunDeadline deadline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        var waits = Waits.Begin();
        var job = run.Job;
        using var guard = WriteGuard.Enter(() => run.LeaseGuard?.ThrowIfOver());
        logger.RunStarted(job.ApiName);
        try
        {
            run.Outcome = await ProbeAcquireAndImportAsync(run, deadline, progress, cancellationToken);
        }
#pragma warning disable CA1031 // whatever went wrong is recorded in Marketo, alerted, or thrown: exactly one of them
        catch (Exception failure) when (failure is not LeaseLostException && !RunEnding.IsAbort(failure, cancellationToken))
#pragma warning restore CA1031
        {
            run.Fail(FailureRule.Find(failure).Outcome, FailureText.From(failure), failure);
            if (FailureText.IsUnexpected(failure))
            {
                logger.RunFailedUnexpectedly(job.ApiName, failure.GetType().Name, failure.StackTrace ?? "");
            }
        }

        await ending.EndAsync(run, deadline, cancellationToken);
        var report = run.Report(time.GetUtcNow());
        logger.RunEnded(
            job.ApiName,
            report.RunNumber,
            report.Outcome,
            report.Accepted,
            report.Rejected,
            (long)report.Elapsed.TotalMilliseconds);
        logger.RunWaited(
            job.ApiName,
            Milliseconds(WaitReason.RateLimit),
            Milliseconds(WaitReason.InFlight),
            Milliseconds(WaitReason.HoldOff),
            Milliseconds(WaitReason.Source));
        return report;

        long Milliseconds(WaitReason reason) => (long)waits.Of(reason).TotalMilliseconds;
    }

    /// <summary>A warm start that proves stale is repeated cold, once.</summary>
    private async Task<RunOutcome> ProbeAcquireAndImportAsync(
        SyncRun run,
        RunDeadline deadline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        var apiName = run.Job.ApiName;
        run.History = leases.HistoryOf(apiName, isOwned: () => run.Lease is not null);
        if (run.Kind == RunKind.Import && warmStates.Find(apiName) is { } warm && warm.IsFresh(time.GetUtcNow()))
        {
            return await StartAsync(warm, isWarm: true) ?? await StartAsync(await ReadAsync(), isWarm: false) ?? RunOutcome.Busy;
        }

        return await StartAsync(await ReadAsync(), isWarm: false) ?? RunOutcome.Busy;

        // Null when the run cannot be claimed.
        async Task<RunOutcome?> StartAsync(WarmState start, bool isWarm)
        {
            (run.Known, run.ResumeCapacity) = (start.State, start.ResumeCapacity);
            using RejectsBelowMark below = new(run.Job, start.State.Rejects, rejects, run.Target);
            await using var probe = run.Kind == RunKind.Retry
                ? SourceProbe.None(start.State.Checkpoint)
                : await SourceProbe.OpenAsync(run, start.State.Checkpoint, below, deadline, cancellationToken);
            Notice(run, [.. run.ChangesSince(start.State), .. probe.Notices]);
            if (
                !probe.HasNew
                && !HasNoticesToRecord(run, start.State)
                && !IsRetryDue(run, start.State)
                && (start.State.LastRun is not { IsClean: false } || run.Backfill is not null))
            {
                if (!isWarm && await leases.IsAtRestAsync(start.State, cancellationToken))
                {
                    warmStates.Keep(apiName, start);
                }

                run.Skipped = probe.Reader?.Progress.RecordsSkipped ?? 0;
                return RunOutcome.NothingNew;
            }

            run.LeaseGuard = new LeaseGuard(apiName, deadline, time);
            warmStates.Keep(apiName, null); // until this run has ended cleanly
            var (lease, busyUntil) = await AcquireAsync(run, start.State, isWarm, deadline, cancellationToken);
            run.BusyUntil = busyUntil;
            if (lease is null)
            {
                return null;
            }

            run.Begin(lease, states, time);
            probe.ThrowIfBroken();
            if (run.Backfill is not null || lease.Before.Checkpoint == start.State.Checkpoint)
            {
                return await ImportAsync(run, probe.Reader!, deadline, progress, cancellationToken);
            }

            Notice(run, run.ChangesSince(lease.Before));
            await using var again = run.Kind == RunKind.Retry
                ? new NoNews(lease.Before.Checkpoint)
                : await run.Job.Source.OpenAsync(below.With(run.Request(lease.Before.Checkpoint)), cancellationToken);
            return await ImportAsync(run, again, deadline, progress, cancellationToken);
        }

        async Task<WarmState> ReadAsync()
        {
            run.Description = await states.MeetAsync(run.Job, run.Target, cancellationToken);
            WarmState read = new(
                await states.ReadAsync(apiName, cancellationToken),
                await states.GetResumeCapacityAsync(cancellationToken),
                time.GetUtcNow());
            run.IsMarketoHeard = true;
            return read;
        }
    }

    /// <summary>A claim that cannot be made in time is a failure that somebody hears of, while there is time to tell.</summary>
    private async Task<LeaseResult> AcquireAsync(
        SyncRun run,
        StateRecord known,
        bool isWarm,
        RunDeadline deadline,
        CancellationToken cancellationToken)
    {
        using var cutOff = deadline.CreateBeginCutOff();
        using var acquiring = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        try
        {
            return await leases.AcquireAsync(known, isWarm, run.Kind, target: null, deadline, acquiring.Token);
        }
        catch (OperationCanceledException late) when (cutOff.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MarketoUnavailableException(
                "Marketo refused or did not answer until the run's time was nearly up, so nothing was begun. The next run tries again",
                code: null,
                requestId: null,
                mayHaveBeenExecuted: true,
                late);
        }
    }

    private bool IsRetryDue(SyncRun run, StateRecord state) =>
        run.Kind == RunKind.Retry || (run.Kind == RunKind.Import && state.Rejects?.IsRetryDue(time.GetUtcNow()) is true);

    /// <summary>
    /// The state record knows nothing of what the source says now, or still tells what is over. Without a field for it, nothing is to be
    /// recorded.
    /// </summary>
    private static bool HasNoticesToRecord(SyncRun run, StateRecord state) =>
        run.Kind == RunKind.Import && state.Notices is { } told && !run.Notices.SayTheSameAs(told);

    private static void Notice(SyncRun run, IEnumerable<SourceNotice> notices)
    {
        run.Notices.BeginAnew();
        foreach (var notice in notices)
        {
            run.Notices.Add(notice);
        }
    }
}
