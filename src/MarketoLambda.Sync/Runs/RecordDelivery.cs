using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Sync.Runs;

/// <summary>Delivers the records of a run that has its lease: earlier rejects first, then what its reader hands out.</summary>
internal sealed class RecordDelivery(RejectPolicy rejects, IOptions<MarketoOptions> marketo, TimeProvider time)
{
    /// <summary>Delivers what the reader hands out, until there is nothing more or time is up.</summary>
    public async Task<RunResult> DeliverAsync(SyncRun run, LeasedRun leased, ISourceReader reader, CancellationToken cancellationToken)
    {
        using RecordMapper mapper = new(run.Job, run.Start?.Description ?? await run.Target.RequireDescriptionAsync(cancellationToken));
        run.Keys.Mapper = mapper;
        using var cutOff = run.Deadline.CreateCutOff();
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        try
        {
            return await DeliverAsync(run, leased, reader, mapper, sending.Token, cancellationToken)
                ? new RunResult.Done(RunOutcome.Succeeded)
                : new RunResult.Done(run.Deadline.IsStopRequested ? RunOutcome.Interrupted : RunOutcome.Continued);
        }
        catch (OperationCanceledException)
            when ((cutOff.IsCancellationRequested || run.Deadline.IsStopRequested) && !cancellationToken.IsCancellationRequested)
        {
            return new RunResult.Done(run.Deadline.IsStopRequested ? RunOutcome.Interrupted : RunOutcome.Continued);
        }
        finally
        {
            leased.Progress = reader.Progress;
            run.Plan.Reached(leased.Prefix.Position);
        }
    }

    /// <summary>True when nothing is left to do.</summary>
    private async Task<bool> DeliverAsync(
        SyncRun run,
        LeasedRun leased,
        ISourceReader reader,
        RecordMapper mapper,
        CancellationToken sending,
        CancellationToken cancellationToken)
    {
        await run.Target.EnsureWritableAsync(sending);
        var job = run.Job with { Name = leased.Lease.Before.ApiName }; // as the state record writes it: rejects are found by that name
        var runRejects = leased.Checkpoints.Rejects = await rejects.OpenAsync(job, leased.Lease, sending);
        BatchDelivery delivery = new(run.Job.Name, run.Target, run.Deadline);
        var recordsPerCall = Math.Min(marketo.Value.RecordsPerCall, run.Job.Target.Limits.Records);
        var areTried =
            !run.Plan.RetriesRejects(leased.Lease.Before, time.GetUtcNow())
            || await runRejects.RetryAsync(
                run.Plan.RejectWork,
                new RetryMeans(run.Job, mapper, run.Target, delivery, recordsPerCall, run.Deadline),
                sending);
        if (runRejects.GivenUp is { } givenUp)
        {
            run.Notices.Add(givenUp.Notice(run.Job.Name));
        }

        if (!areTried)
        {
            return false;
        }

        TransferLimits limits = new(marketo.Value.CallsInFlight, recordsPerCall, AfterBatchAsync, time);
        Transfer transfer = new(
            run.Job,
            reader,
            mapper,
            delivery,
            runRejects,
            new RejectBreaker(run.Job.Name, run.Job.StopAbovePercentRejected) { KeepsExamples = rejects.IsInMarketo },
            leased.Prefix,
            new KeyCasing(),
            run.Notices,
            limits);
        return await transfer.MoveAsync(run.Deadline, sending);

        async Task AfterBatchAsync()
        {
            run.ReportProgress(leased, reader.Progress, time.GetUtcNow());
            // Never given up by the deadline: a write that may still be executed must not end up behind the last one
            await leased.Checkpoints.SaveIfDueAsync(leased.Prefix, cancellationToken);
        }
    }
}
