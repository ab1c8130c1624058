using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Runs;

/// <summary>Ends a run: its trace, its claim, and what a warm host may remember of it.</summary>
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
    /// <summary>Someone aborted the run. Other people's waits are cancelled too, by time-outs of their own: those have failed.</summary>
    internal static bool IsAbort(Exception failure, CancellationToken cancellationToken) =>
        failure is OperationCanceledException && cancellationToken.IsCancellationRequested;

    internal async Task EndAsync(SyncRun run, RunDeadline deadline, CancellationToken cancellationToken)
    {
        if (run.Lease is null)
        {
            await EndUnclaimedAsync(run, deadline, cancellationToken);
            return;
        }

        run.LeaseGuard?.ThrowIfAsleep();
        using var lastCall = deadline.CreateLastCall();
        using var untilLastCall = CancellationTokenSource.CreateLinkedTokenSource(lastCall.Token, cancellationToken);
        var isTooLate = lastCall.IsCancellationRequested;
        try
        {
            await run.Checkpoints.SaveFinalAsync(run.Prefix, run.Outcome, run.Error, untilLastCall.Token);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            run.Fail(
                run.Outcome == RunOutcome.QuotaReached ? RunOutcome.QuotaReached : RunOutcome.Failed,
                run.Error ?? (isTooLate ? FailureText.TooLate : FailureText.FromCall(failure)),
                run.Failure ?? failure);
            await outages.FailedAsync(run, isTooLate ? new SourceException(FailureText.TooLate, failure) : failure, cancellationToken);
            return;
        }

        await CloseAsync(run, run.Lease, deadline, untilLastCall.Token, cancellationToken);
        await outages.RecoveredAsync(run, untilLastCall.Token);
    }

    /// <summary>A run that owns no number writes nothing to Marketo.</summary>
    private async Task EndUnclaimedAsync(SyncRun run, RunDeadline deadline, CancellationToken cancellationToken)
    {
        switch (run.Outcome)
        {
            case RunOutcome.Busy:
                logger.Busy(run.Job.ApiName, run.BusyUntil ?? time.GetUtcNow());
                break;
            case RunOutcome.NothingNew when run.IsMarketoHeard:
                using (var lastCall = deadline.CreateLastCall())
                using (var untilLastCall = CancellationTokenSource.CreateLinkedTokenSource(lastCall.Token, cancellationToken))
                {
                    await outages.RecoveredAsync(run, untilLastCall.Token);
                }

                break;
            case RunOutcome.NothingNew:
                break;
            default:
                await outages.FailedAsync(run, recordingFailure: null, cancellationToken);
                break;
        }
    }

    /// <summary>Gives the claim back, unless something of this run may still reach Marketo: then its lease ends it.</summary>
    private async Task CloseAsync(
        SyncRun run,
        Lease lease,
        RunDeadline deadline,
        CancellationToken untilLastCall,
        CancellationToken cancellationToken)
    {
        try
        {
            await PruneAsync(lease, untilLastCall);
            if (marketo.MayBeWritingUntil is { } until)
            {
                if (!deadline.Allows(until))
                {
                    logger.LeaseLeft(
                        run.Job.ApiName,
                        lease.Row.Number,
                        lease.Row.LeaseEnd,
                        "Marketo may still be at work on a call that got no answer");
                    return;
                }

                await Task.Delay(until - time.GetUtcNow(), time, CancellationToken.None).WaitAsync(untilLastCall);
            }

            await leases.FinishAsync(
                lease with
                {
                    Row = lease.Row with { Notices = run.Notices.Summary },
                },
                run.Checkpoints.Saved,
                untilLastCall);
            warmStates.Keep(run.Job.ApiName, new WarmState(run.Checkpoints.Saved, run.ResumeCapacity, time.GetUtcNow()));
        }
        catch (Exception failure) when (failure is LeaseLostException || IsFailure(failure, cancellationToken))
        {
            logger.LeaseLeft(run.Job.ApiName, lease.Row.Number, lease.Row.LeaseEnd, FailureText.FromCall(failure));
        }
    }

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

    private static bool IsFailure(Exception failure, CancellationToken cancellationToken) =>
        failure is not LeaseLostException && !IsAbort(failure, cancellationToken);
}
