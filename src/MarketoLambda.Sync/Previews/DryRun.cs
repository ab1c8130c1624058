using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Sync.Previews;

/// <summary>
/// Says what a run would do: reads the source and Marketo as the run would, goes the run's own way, and writes nothing at all.
/// </summary>
/// <remarks>
/// No lease is taken, so a run at work is not disturbed; what it imports meanwhile is told as it was found. Rejects that are due are not
/// tried again.
/// </remarks>
public sealed class DryRun(
    MarketoClient client,
    StateStore states,
    RunLeases leases,
    RejectPolicy rejects,
    IOptions<MarketoOptions> marketo,
    TimeProvider time,
    ILogger<DryRun> logger)
{
    /// <summary>Records that are told with their fields.</summary>
    private const int MaxExamples = 20;

    /// <summary>What <c>run</c> would do, or what it would after a reset.</summary>
    /// <param name="job">The job.</param>
    /// <param name="from">Where it would begin; null for the mark as it is.</param>
    /// <param name="stopRequested">Somebody wants no more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RunPreview> ImportAsync(
        SyncJob job,
        Checkpoint? from,
        CancellationToken stopRequested,
        CancellationToken cancellationToken
    ) => PreviewAsync(job, _ => new ImportPlan(job), from, stopRequested, cancellationToken);

    /// <summary>What a backfill would do.</summary>
    /// <param name="job">The job.</param>
    /// <param name="backfill">The stretch; not to be used for a run afterwards.</param>
    /// <param name="stopRequested">Somebody wants no more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RunPreview> BackfillAsync(
        SyncJob job,
        Backfill backfill,
        CancellationToken stopRequested,
        CancellationToken cancellationToken
    ) => PreviewAsync(job, target => new BackfillPlan(job, target, backfill), from: null, stopRequested, cancellationToken);

    private async Task<RunPreview> PreviewAsync(
        SyncJob job,
        Func<ITargetWriter, RunPlan> plan,
        Checkpoint? from,
        CancellationToken stopRequested,
        CancellationToken cancellationToken)
    {
        PreviewWriter target = new(job.Target.Open(client), MaxExamples);
        RunDeadline deadline = new(time, limit: null, stopRequested);
        SyncRun run = new(job, plan(target), target, deadline, progress: null, time.GetUtcNow(), logger);
        await states.MeetAsync(job, target, cancellationToken);
        var state = await states.ReadAsync(job.Name, cancellationToken);
        using RecordMapper mapper = new(job, await target.RequireDescriptionAsync(cancellationToken));
        run.Keys.Mapper = mapper;
        using RejectsBelowMark below = new(job, state.Rejects, rejects, target);
        ReadRequest request = new(
            from ?? run.Plan.Start(state),
            job.Columns,
            await states.GetResumeCapacityAsync(cancellationToken))
        {
            History = leases.HistoryOf(job.Name, isOwned: () => false),
            KeyOf = run.Keys.Find,
        };
        PreviewRejects found = new(await ReadBookAsync(job, state.Rejects, cancellationToken));
        CommittedPrefix prefix = new(request.From);
        var stop = await MoveAsync(run, mapper, found, prefix, token => run.Plan.OpenAsync(request, below, token), cancellationToken);
        return Report(run, target, found, prefix, state) with { Stop = stop };
    }

    private async Task<RejectBook?> ReadBookAsync(SyncJob job, RejectCounters? counters, CancellationToken cancellationToken) =>
        rejects.IsInMarketo && counters is { Open: > 0 } ? await rejects.ReadBookAsync(job, counters, cancellationToken) : null;

    /// <summary>Why the run would stop; null where it would come to its end.</summary>
    private async Task<string?> MoveAsync(
        SyncRun run,
        RecordMapper mapper,
        PreviewRejects found,
        CommittedPrefix prefix,
        Func<CancellationToken, Task<ISourceReader>> open,
        CancellationToken cancellationToken)
    {
        var job = run.Job;
        var recordsPerCall = Math.Min(marketo.Value.RecordsPerCall, job.Target.Limits.Records);
        try
        {
            await using var reader = await open(cancellationToken);
            Transfer transfer = new(
                job,
                reader,
                mapper,
                new BatchDelivery(job.Name, run.Target, run.Deadline),
                found,
                new RejectBreaker(job.Name, job.StopAbovePercentRejected),
                prefix,
                new KeyCasing(),
                run.Notices,
                new TransferLimits(CallsInFlight: 1, recordsPerCall, () => Task.CompletedTask, time));
            var isWhole = await transfer.MoveAsync(run.Deadline, cancellationToken);
            return isWhole ? null : "somebody stopped the look before the end of the source";
        }
        catch (Exception stop) when (stop is SourceException or TooManyRejectsException or JobMismatchException)
        {
            return stop.Message;
        }
    }

    private RunPreview Report(SyncRun run, PreviewWriter target, PreviewRejects found, CommittedPrefix prefix, StateRecord state)
    {
        return target.Foresee(run.Job.Name, prefix.Written, marketo.Value.CallsPer20Seconds) with
        {
            Rejected = prefix.Rejected + prefix.Waiting,
            Superseded = prefix.Superseded,
            Rejects = found.Groups,
            Notes = [.. Notes(run, state)],
        };
    }

    private static IEnumerable<string> Notes(SyncRun run, StateRecord state)
    {
        foreach (var notice in run.Notices.First)
        {
            yield return $"{notice.Location}: {notice.Message}";
        }

        if (state.Rejects is { Open: > 0 and var open })
        {
            yield return $"{open} rejects of earlier runs are open; those that are due are tried again first, which is not foreseen here";
        }

        if (run.Job.Target.IsPredictable)
        {
            yield return PreviewWriter.Limits;
        }
    }
}
