using System.Diagnostics;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Logs;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Sync.Runs;

/// <summary>Runs a job once: probes its source for what is new, acquires the lease, delivers, and records how far it got.</summary>
public sealed class SyncEngine(
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
    private readonly RecordDelivery _records = new(rejects, marketo, time);

    /// <summary>Runs the job until its source has nothing more, or the deadline says stop.</summary>
    /// <returns>What the run did. A failure is in the report once it is recorded in Marketo, or an alert went out.</returns>
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
        RunAsync(Begin(job, _ => new ImportPlan(job), deadline, progress), cancellationToken);

    /// <summary>Tries rejects again or lets go of them, and reads nothing new.</summary>
    /// <inheritdoc cref="RunAsync(SyncJob, RunDeadline, IProgress{RunProgress}?, CancellationToken)"/>
    public Task<SyncReport> WorkOnRejectsAsync(SyncJob job, RejectWork work, RunDeadline deadline, CancellationToken cancellationToken) =>
        RunAsync(Begin(job, _ => new RejectPlan(work), deadline, progress: null), cancellationToken);

    /// <summary>Imports a stretch of the past again, or the next part of it.</summary>
    /// <inheritdoc cref="RunAsync(SyncJob, RunDeadline, IProgress{RunProgress}?, CancellationToken)"/>
    public Task<SyncReport> BackfillAsync(
        SyncJob job,
        Backfill backfill,
        RunDeadline deadline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        RunAsync(Begin(job, target => new BackfillPlan(job, target, backfill), deadline, progress), cancellationToken);

    private SyncRun Begin(SyncJob job, Func<ITargetWriter, RunPlan> plan, RunDeadline deadline, IProgress<RunProgress>? progress)
    {
        var target = job.Target.Open(client);
        return new SyncRun(job, plan(target), target, deadline, progress, time.GetUtcNow(), logger);
    }

    private async Task<SyncReport> RunAsync(SyncRun run, CancellationToken cancellationToken)
    {
        var job = run.Job.Name;
        using var activity = RunInstruments.StartRun(job);
        try
        {
            logger.RunStarted(job);
            var waits = Waits.Begin();
            var report = await RunAndEndAsync(run, cancellationToken);
            Log(report, waits);
            RunInstruments.Ended(report, time.GetUtcNow());
            activity?.SetTag("outcome", report.Outcome.ToString());
            activity?.SetStatus(report.Outcome == RunOutcome.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            return report;
        }
        catch
        {
            RunInstruments.Failed(job);
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private async Task<SyncReport> RunAndEndAsync(SyncRun run, CancellationToken cancellationToken)
    {
        using var guard = WriteGuard.Enter(() => run.Guard?.BeforeWrite());
        using var stop = StopRequest.Enter(run.Deadline.StopRequested);
        var ended = await ending.EndAsync(run, await TryAsync(run, cancellationToken), cancellationToken);
        return ended.Report(run, time.GetUtcNow());
    }

    private async Task<RunResult> TryAsync(SyncRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await ProbeAcquireAndDeliverAsync(run, cancellationToken);
        }
#pragma warning disable CA1031 // whatever went wrong is recorded in Marketo, alerted, or thrown: exactly one of them
        catch (Exception failure) when (FailureRule.IsToBeRecorded(failure, cancellationToken))
#pragma warning restore CA1031
        {
            if (FailureText.IsUnexpected(failure))
            {
                logger.RunFailedUnexpectedly(run.Job.Name, failure.GetType().Name, failure.StackTrace ?? "");
            }

            return new RunResult.Stopped(FailureRule.Find(failure).Outcome, FailureText.From(failure), failure);
        }
    }

    /// <summary>A warm start that gets no lease may have gone by what is out of date: it is repeated cold, once.</summary>
    private async Task<RunResult> ProbeAcquireAndDeliverAsync(SyncRun run, CancellationToken cancellationToken)
    {
        if (run.Plan.ReadsWhatIsNew && warmStates.Find(run.Job.Name) is { } warm && warm.IsFresh(time.GetUtcNow()))
        {
            var end = await ProbeAcquireAndDeliverAsync(run, new RunStart(warm, IsWarm: true, Description: null), cancellationToken);
            if (end is not RunResult.Busy)
            {
                return end;
            }
        }

        return await ProbeAcquireAndDeliverAsync(run, await ReadStartAsync(run, cancellationToken), cancellationToken);
    }

    private async Task<RunStart> ReadStartAsync(SyncRun run, CancellationToken cancellationToken)
    {
        var description = await states.MeetAsync(run.Job, run.Target, cancellationToken);
        WarmState known = new(
            await states.ReadAsync(run.Job.Name, cancellationToken),
            await states.GetResumeCapacityAsync(cancellationToken),
            time.GetUtcNow());
        return new RunStart(known, IsWarm: false, description);
    }

    private async Task<RunResult> ProbeAcquireAndDeliverAsync(SyncRun run, RunStart start, CancellationToken cancellationToken)
    {
        run.Know(start);
        using RejectsBelowMark below = new(run.Job, start.State.Rejects, rejects, run.Target);
        await using var probe = await SourceProbe.OpenAsync(run, Request(run, run.Plan.Start(start.State)), below, cancellationToken);
        run.Notices.ReplaceAll([.. run.ChangesSince(start.State), .. probe.Notices]);
        if (!run.Plan.HasWork(new RunFindings(start.State, probe.HasNew, run.Notices, time.GetUtcNow())))
        {
            await RememberAsync(run, start, cancellationToken);
            return new RunResult.NothingNew(probe.Skipped);
        }

        return await AcquireAsync(run, start, cancellationToken) switch
        {
            LeaseResult.Acquired(var lease) => await DeliverAsync(run, lease, probe, below, cancellationToken),
            LeaseResult.Busy(var until) => new RunResult.Busy(until),
            var other => throw new UnreachableException(other.ToString()),
        };
    }

    /// <summary>What was read now serves the next run, where no run is at work.</summary>
    private async Task RememberAsync(SyncRun run, RunStart start, CancellationToken cancellationToken)
    {
        if (!start.IsWarm && await leases.IsAtRestAsync(start.State, cancellationToken))
        {
            warmStates.Keep(run.Job.Name, start.Known);
        }
    }

    /// <summary>A lease that cannot be had in time is a failure that somebody hears of, while there is time for it.</summary>
    private async Task<LeaseResult> AcquireAsync(SyncRun run, RunStart start, CancellationToken cancellationToken)
    {
        run.GuardBy(leases.Guard(run.Job.Name, run.Deadline));
        warmStates.Keep(run.Job.Name, null); // until this run has ended cleanly
        using var cutOff = run.Deadline.CreateBeginCutOff();
        using var acquiring = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        try
        {
            return await leases.AcquireAsync(start.State, start.IsWarm, run.Plan.Kind, target: null, run.Deadline, acquiring.Token);
        }
        catch (OperationCanceledException late) when (cutOff.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MarketoUnavailableException(
                "Marketo refused or did not answer until the run's time was nearly up, so no record was sent. The next run tries again",
                code: null,
                requestId: null,
                mayHaveBeenExecuted: true,
                late);
        }
    }

    /// <summary>Goes on where the probe ended. Where the mark was moved between it and the lease, the source is opened anew.</summary>
    private async Task<RunResult> DeliverAsync(
        SyncRun run,
        Lease lease,
        SourceProbe probe,
        RejectsBelowMark below,
        CancellationToken cancellationToken)
    {
        var leased = run.Hold(lease, states, time);
        var reader = probe.TakeReader();
        var from = run.Plan.Start(lease.Before);
        if (from == probe.From)
        {
            return await _records.DeliverAsync(run, leased, reader, cancellationToken);
        }

        run.Notices.ReplaceAll(run.ChangesSince(lease.Before));
        await using var again = await run.Plan.OpenAsync(Request(run, from), below, cancellationToken);
        return await _records.DeliverAsync(run, leased, again, cancellationToken);
    }

    private ReadRequest Request(SyncRun run, Checkpoint from) =>
        new(from, run.Job.Columns, run.Start?.ResumeCapacity ?? 0)
        {
            History = leases.HistoryOf(run.Job.Name, isOwned: () => run.Leased is not null),
            KeyOf = run.Keys.Find,
        };

    private void Log(SyncReport report, Waits waits)
    {
        logger.RunEnded(
            report.Job,
            report.RunNumber,
            report.Outcome,
            report.Accepted,
            report.Rejected,
            report.Waiting,
            (long)report.Elapsed.TotalMilliseconds);
        logger.RunWaited(
            report.Job,
            Milliseconds(WaitReason.RateLimit),
            Milliseconds(WaitReason.InFlight),
            Milliseconds(WaitReason.HoldOff),
            Milliseconds(WaitReason.Source));

        long Milliseconds(WaitReason reason) => (long)waits.Spent(reason).TotalMilliseconds;
    }
}
