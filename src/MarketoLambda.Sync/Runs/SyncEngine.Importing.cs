using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <content>Moves records once the run has its lease.</content>
public sealed partial class SyncEngine
{
    private async Task<RunOutcome> ImportAsync(
        SyncRun run,
        ISourceReader reader,
        RunDeadline deadline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        var job = run.Job;
        var description = run.Description ?? await run.Target.DescribeAsync(cancellationToken)
            ?? throw new JobMismatchException($"{job.Target.WhatIsMissing}. {job.Target.RemedyWhereMissing}");
        using RecordMapper mapper = new(job, description);
        run.Keys.Mapper = mapper;
        using var cutOff = deadline.CreateCutOff();
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        Delivery delivery = new(job.ApiName, run.Target, deadline);
        var recordsPerCall = Math.Min(marketo.Value.RecordsPerCall, job.Target.Limits.Records);
        try
        {
            await run.Target.EnsureWritableAsync(sending.Token);
            var runRejects = run.Checkpoints.Rejects = await rejects.OpenAsync(
                job with
                {
                    ApiName = run.Lease!.Before.ApiName,
                },
                run.Lease!,
                sending.Token);
            var isDone =
                !IsRetryDue(run, run.Lease!.Before)
                || await runRejects.RetryAsync(run.RejectWork, new RetryMeans(mapper, delivery, recordsPerCall, deadline), sending.Token);
            if (isDone)
            {
                run.Transfer = new Transfer(
                    job.ApiName,
                    reader,
                    mapper,
                    delivery,
                    runRejects,
                    run.Prefix,
                    new KeyCasing(),
                    run.Notices,
                    new TransferLimits(marketo.Value.CallsInFlight, recordsPerCall, AfterBatchAsync, time));
                isDone = await run.Transfer.MoveAsync(deadline, sending.Token);
            }

            return isDone ? RunOutcome.Succeeded : deadline.IsStopRequested ? RunOutcome.Interrupted : RunOutcome.Continued;
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return RunOutcome.Continued;
        }
        finally
        {
            (run.Skipped, run.Repeated) = (reader.Progress.RecordsSkipped, reader.Progress.RecordsRepeated);
            run.Backfill?.Position = run.Prefix.Position;
        }

        async Task AfterBatchAsync()
        {
            progress?.Report(
                new RunProgress(
                    run.Prefix.Accepted,
                    run.Prefix.Rejected,
                    reader.Progress.RecordsSkipped,
                    reader.Progress.Fraction,
                    time.GetUtcNow() - run.StartedAt));
            // Never given up by the deadline: a write that may still be executed must not end up behind the last one
            await run.Checkpoints.SaveIfDueAsync(run.Prefix, cancellationToken);
        }
    }
}
