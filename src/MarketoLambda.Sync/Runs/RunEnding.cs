using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Logs;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Wording;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Runs;

/// <summary>Ends a run: its trace, its lease, and what a warm host may remember of it.</summary>
/// <remarks>Every run leaves exactly one trace: the state record, an alert, or an exception.</remarks>
public sealed class RunEnding(
    MarketoClient marketo,
    RunLeases leases,
    RunPruning pruning,
    IWarmStates warmStates,
    OutageWatch outages,
    TimeProvider time,
    ILogger<RunEnding> logger)
{
    /// <exception cref="AlertNotSentException">The run failed, and nobody could be told.</exception>
    /// <exception cref="LeaseLostException">The host slept: nothing may be written any more.</exception>
    internal async Task<ClosedRun> EndAsync(SyncRun run, RunResult end, CancellationToken cancellationToken)
    {
        if (run.Leased is not { } leased)
        {
            return await EndWithoutLeaseAsync(run, end, cancellationToken);
        }

        run.Guard?.ThrowIfAsleep();
        using var lastCall = run.Deadline.CreateLastCall();
        using var untilLastCall = CancellationTokenSource.CreateLinkedTokenSource(lastCall.Token, cancellationToken);
        var isTooLate = lastCall.IsCancellationRequested;
        try
        {
            await leased.Checkpoints.SaveFinalAsync(leased.Prefix, end.Outcome, (end as RunResult.Stopped)?.Error, untilLastCall.Token);
        }
        catch (Exception failure) when (FailureRule.IsToBeRecorded(failure, cancellationToken))
        {
            var failed = Unrecorded(end, failure, isTooLate);
            var recording = isTooLate ? new SourceException(FailureText.TooLate, failure) : failure;
            return new ClosedRun(failed, await AlertAsync(run, failed, recording, cancellationToken));
        }

        await CloseAsync(run, leased, ExamplesOf(run, end), untilLastCall.Token, cancellationToken);
        await outages.RecoveredAsync(run.Job.Name, CaughtUp(run, end), untilLastCall.Token);
        return new ClosedRun(end, Alert: null);
    }

    /// <summary>A run that owns no number writes nothing to Marketo.</summary>
    private async Task<ClosedRun> EndWithoutLeaseAsync(SyncRun run, RunResult end, CancellationToken cancellationToken)
    {
        switch (end)
        {
            case RunResult.Busy busy:
                logger.Busy(run.Job.Name, busy.Until);
                break;
            case RunResult.NothingNew when run.IsMarketoHeard:
                using (var lastCall = run.Deadline.CreateLastCall())
                using (var untilLastCall = CancellationTokenSource.CreateLinkedTokenSource(lastCall.Token, cancellationToken))
                {
                    await outages.RecoveredAsync(run.Job.Name, CaughtUp(run, end), untilLastCall.Token);
                }

                break;
            case RunResult.Stopped failed:
                return new ClosedRun(end, await AlertAsync(run, failed, recording: null, cancellationToken));
        }

        return new ClosedRun(end, Alert: null);
    }

    /// <summary>What a run failed with comes before what its record failed with.</summary>
    private static RunResult.Stopped Unrecorded(RunResult end, Exception failure, bool isTooLate) =>
        end as RunResult.Stopped ?? new RunResult.Stopped(
            RunOutcome.Failed,
            isTooLate ? FailureText.TooLate : FailureText.FromCall(failure),
            failure);

    private Task<Alert> AlertAsync(SyncRun run, RunResult.Stopped failed, Exception? recording, CancellationToken cancellationToken) =>
        outages.FailedAsync(
            new UnrecordedFailure(run.Job.Name, run.StartedAt, failed.Error, failed.Cause, recording, run.Leased?.Unrecorded ?? 0),
            cancellationToken);

    private static string CaughtUp(SyncRun run, RunResult end)
    {
        var (accepted, rejected, waiting) = run.Leased is { Prefix: var prefix }
            ? (prefix.Accepted, prefix.Rejected, prefix.Waiting)
            : (0, 0, 0);
        var imported =
            $"The run that started at {UtcText.Words(run.StartedAt)} imported "
                + Quantity.Format(accepted, "record")
                + (rejected == 0 ? "" : $" and rejected {rejected:N0}")
                + (waiting == 0 ? "" : $", and {waiting:N0} wait for the person or record that they name");
        return end switch
        {
            RunResult.NothingNew => "Nothing had to be: the source has nothing new.",
            RunResult.Stopped { Outcome: RunOutcome.Failed } failed =>
                $"{imported}, and then failed for a reason that Marketo's state record tells: {failed.Error}",
            { Outcome: RunOutcome.Succeeded } => $"{imported}. Nothing is left to do.",
            _ => $"{imported}; the next one goes on.",
        };
    }

    private static IReadOnlyList<string> ExamplesOf(SyncRun run, RunResult end) =>
        end is RunResult.Stopped { Cause: TooManyRejectsException stop }
            ? [.. stop.Examples.Select(reject => RejectExample.From(reject, run.Job).ToJson())]
            : [];

    /// <summary>Gives the lease back, unless something of this run may still reach Marketo: then it ends by itself.</summary>
    private async Task CloseAsync(
        SyncRun run,
        LeasedRun leased,
        IReadOnlyList<string> examples,
        CancellationToken untilLastCall,
        CancellationToken cancellationToken)
    {
        var (lease, saved) = (leased.Lease, leased.Checkpoints.Saved);
        try
        {
            await PruneAsync(lease, untilLastCall);
            if (marketo.MayBeWritingUntil is { } until)
            {
                if (!run.Deadline.Allows(until))
                {
                    Leave(run, lease, "Marketo may still be at work on a call that got no answer");
                    return;
                }

                await time.PauseAsync(until - time.GetUtcNow(), untilLastCall);
            }

            var row = lease.Row with { Notices = run.Notices.Summary, Examples = examples };
            await leases.FinishAsync(lease with { Row = row }, saved, untilLastCall);
            if (run.Start is { } start)
            {
                warmStates.Keep(run.Job.Name, new WarmState(saved, start.ResumeCapacity, time.GetUtcNow()));
            }
        }
        catch (Exception failure) when (!FailureRule.IsAbort(failure, cancellationToken))
        {
            Leave(run, lease, FailureText.FromCall(failure));
        }
    }

    private void Leave(SyncRun run, Lease lease, string reason) =>
        logger.LeaseLeft(run.Job.Name, lease.Row.Number, lease.Row.LeaseEnd, reason);

    private async Task PruneAsync(Lease lease, CancellationToken untilLastCall)
    {
        try
        {
            await pruning.PruneIfDueAsync(lease, untilLastCall);
        }
        catch (MarketoException failure)
        {
            logger.NotPruned(lease.Row.Job, FailureText.From(failure));
        }
    }
}
