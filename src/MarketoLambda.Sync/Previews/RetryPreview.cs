using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Sync.Previews;

/// <summary>
/// Says what a retry of rejects would do: goes the retry's own way, with the mapping as it is now, and writes nothing at all.
/// </summary>
/// <remarks>
/// A record that Marketo itself has refused is told apart, because Marketo alone can say whether it would take it now; only where it exists
/// already, or several times, that can be seen.
/// </remarks>
public sealed class RetryPreview(
    MarketoClient client,
    StateStore states,
    RejectTable table,
    RejectLimits limits,
    IOptions<MarketoOptions> marketo,
    TimeProvider time)
{
    /// <summary>Records that are told with their fields.</summary>
    private const int MaxExamples = 20;

    /// <summary>What <c>rejects retry</c> would do.</summary>
    /// <param name="job">The job.</param>
    /// <param name="work">Which rejects; not to be used for a retry afterwards.</param>
    /// <param name="stopRequested">Somebody wants no more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RunPreview> PreviewAsync(
        SyncJob job,
        RejectWork work,
        CancellationToken stopRequested,
        CancellationToken cancellationToken)
    {
        PreviewRejectTable rows = new(table, job.KeyFields.Count);
        PreviewWriter target = new(job.Target.Open(client), MaxExamples) { IsDoubted = rows.IsDoubted };
        RunDeadline deadline = new(time, limit: null, stopRequested);
        await states.MeetAsync(job, target, cancellationToken);
        var state = await states.ReadAsync(job.Name, cancellationToken);
        using RecordMapper mapper = new(job, await target.RequireDescriptionAsync(cancellationToken));
        var recordsPerCall = Math.Min(marketo.Value.RecordsPerCall, job.Target.Limits.Records);
        var rejects = await MarketoRejects.OpenAsync(
            job with { Name = state.ApiName },
            state.Rejects,
            state.LastRunNumber + 1,
            rows,
            limits,
            time,
            cancellationToken);
        RetryMeans means = new(job, mapper, target, new BatchDelivery(job.Name, target, deadline), recordsPerCall, deadline);
        var isWhole = await rejects.RetryAsync(work, means, cancellationToken);
        return Report(job, target, [.. rows.Changed.Where(rows.IsRefusedAgain)]) with
        {
            Stop = isWhole ? null : "somebody stopped the look before all rejects were tried",
        };
    }

    private RunPreview Report(SyncJob job, PreviewWriter target, IReadOnlyList<RejectRow> refused)
    {
        var foreseen = target.Foresee(job.Name, target.Written, marketo.Value.CallsPer20Seconds);
        return foreseen with
        {
            Unknown = foreseen.Unknown + target.Doubted,
            Rejected = refused.Count,
            Rejects = [.. Groups(refused, job)],
            Notes = [.. Notes(target)],
        };
    }

    private static IEnumerable<string> Notes(PreviewWriter target)
    {
        if (target.Doubted > 0)
        {
            yield return "what Marketo itself has refused before is sent as it was, and may be refused for the same reason again";
        }

        if (target is { Target.IsPredictable: true, Writes: > 0 })
        {
            yield return PreviewWriter.Limits;
        }
    }

    private static IEnumerable<PredictedRejects> Groups(IReadOnlyList<RejectRow> refused, SyncJob job) =>
        refused
            .GroupBy(row => (row.Code, Field: RejectedField.Find(row, job)?.Name))
            .Select(group => new PredictedRejects(
                group.Key.Code,
                group.Key.Field,
                group.First().Reason,
                group.Count(),
                (group.First().Location with { IsLine = job.Source.CountsLines }).ToString()))
            .OrderByDescending(group => group.Count)
            .ThenBy(group => group.Code, StringComparer.Ordinal);
}
