using MarketoLambda.Marketo;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Alerts;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Sync.Runs;

/// <summary>Runs a job once: looks for what is new, imports it, and writes down how far it got.</summary>
public sealed class SyncEngine(
    CustomObjectsClient customObjects,
    StateStore states,
    IRejectSink rejects,
    IAlertChannel alerts,
    IOptions<MarketoOptions> marketo,
    TimeProvider time,
    ILogger<SyncEngine> logger)
{
    /// <summary>Runs the job until its source has nothing more, or the deadline says stop.</summary>
    /// <returns>What the run did. A failure is told in the report once it is recorded in Marketo, or an alert went out.</returns>
    /// <exception cref="OperationCanceledException">The run was aborted; the last checkpoint stands.</exception>
    /// <exception cref="AggregateException">The run failed, could not be recorded, and the alert could not be sent either.</exception>
    public async Task<SyncReport> RunAsync(SyncJob job, RunDeadline deadline, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var run = new SyncRun(job, time.GetUtcNow());
        logger.RunStarted(job.ApiName);
        try
        {
            // Runs of one job are assumed not to overlap: the claim of a run goes here, between reading the state and the rest.
            run.Begin(await states.ReadAsync(job.ApiName, cancellationToken), states, time);
            run.Outcome = await ImportAsync(run, deadline, progress, cancellationToken);
        }
        catch (MarketoQuotaExceededException quota)
        {
            run.Fail(RunOutcome.QuotaReached, quota.Message);
        }
#pragma warning disable CA1031 // whatever went wrong is recorded in Marketo, alerted, or thrown: exactly one of them
        catch (Exception failure) when (!IsAbort(failure, cancellationToken))
#pragma warning restore CA1031
        {
            run.Fail(RunOutcome.Failed, FailureText.Of(failure));
            if (FailureText.IsUnexpected(failure))
            {
                logger.RunFailedUnexpectedly(job.ApiName, failure.GetType().Name, failure.StackTrace ?? "");
            }
        }

        await RecordAsync(run, cancellationToken);
        var report = run.Report(time.GetUtcNow());
        logger.RunEnded(job.ApiName, report.RunNumber, report.Outcome, report.Accepted, report.Rejected, (long)report.Elapsed.TotalMilliseconds);
        return report;
    }

    private async Task<RunOutcome> ImportAsync(SyncRun run, RunDeadline deadline, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var job = run.Job;
        var description = await customObjects.DescribeAsync(job.ApiName, cancellationToken)
            ?? throw new JobMismatchException($"Marketo has no approved custom object {job.ApiName}. Approve it in Admin > Marketo Custom Objects, or correct the job's name.");
        using RecordMapper mapper = new(job, description);
        ReadRequest request = new(run.Prefix.Position, mapper.Columns, await states.GetResumeCapacityAsync(cancellationToken));
        await using var reader = await job.Source.OpenAsync(request, cancellationToken);
        using var cutOff = deadline.CreateCutOff();
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        run.Transfer = new Transfer(job.ApiName, reader, mapper, customObjects, rejects, run.Prefix, new TransferLimits(marketo.Value.CallsInFlight, marketo.Value.RecordsPerCall, AfterBatchAsync));
        try
        {
            var isExhausted = await run.Transfer.MoveAsync(deadline, sending.Token);
            return isExhausted ? RunOutcome.Succeeded : deadline.IsStopRequested ? RunOutcome.Interrupted : RunOutcome.Continued;
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return RunOutcome.Continued;
        }
        finally
        {
            run.Skipped = reader.Progress.RecordsSkipped;
        }

        async Task AfterBatchAsync()
        {
            progress?.Report(new RunProgress(run.Prefix.Accepted, run.Prefix.Rejected, reader.Progress.RecordsSkipped, reader.Progress.Fraction, time.GetUtcNow() - run.StartedAt));
            await run.Checkpoints.SaveIfDueAsync(run.Prefix, cancellationToken); // never given up by the deadline: a write that may still be executed must not end up behind the last one
        }
    }

    /// <summary>Every run leaves exactly one trace: the state record, an alert, or an exception.</summary>
    private async Task RecordAsync(SyncRun run, CancellationToken cancellationToken)
    {
        if (run.HasNothingToRecord)
        {
            run.Outcome = RunOutcome.NothingNew;
            return;
        }

        string? recordingFailure = null;
        if (run.IsBegun)
        {
            try
            {
                await run.Checkpoints.SaveFinalAsync(run.Prefix, run.Outcome, run.Error, cancellationToken);
                return;
            }
            catch (Exception failure) when (failure is MarketoException or StateException)
            {
                recordingFailure = FailureText.Of(failure);
                run.Fail(run.Outcome == RunOutcome.QuotaReached ? RunOutcome.QuotaReached : RunOutcome.Failed, run.Error ?? recordingFailure);
            }
        }

        logger.AlertNeeded(run.Job.ApiName);
        await AlertAsync(run, OutageAlert.Compose(run.Job.ApiName, run.StartedAt, run.Error ?? "", recordingFailure, run.Unrecorded), cancellationToken);
    }

    private async Task AlertAsync(SyncRun run, OutageAlert alert, CancellationToken cancellationToken)
    {
        try
        {
            await alerts.SendAsync(alert, cancellationToken);
            run.IsAlerted = true;
        }
        catch (Exception failure) when (!IsAbort(failure, cancellationToken))
        {
            throw new AggregateException($"The run of {run.Job.ApiName} failed, Marketo could not be told, and the alert could not be sent: {failure.Message} The run's failure: {run.Error}", failure);
        }
    }

    /// <summary>Someone aborted the run. Other people's waits are cancelled too, by time-outs of their own: those have failed.</summary>
    private static bool IsAbort(Exception failure, CancellationToken cancellationToken) => failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
}
