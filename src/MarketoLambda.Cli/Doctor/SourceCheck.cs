using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Checks;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Doctor;

/// <summary>A job's target, mapping and source: what <c>jobs check</c> sees, in a line or two, and without a single value.</summary>
internal sealed class SourceCheck(TimeProvider time, Findings findings)
{
    /// <summary>A source that is asked for its first records only has no reason to take longer.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(60);

    /// <param name="job">The job.</param>
    /// <param name="marketo">Null where Marketo cannot be asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CheckAsync(SyncJob job, MarketoClient? marketo, CancellationToken cancellationToken)
    {
        var description = marketo is null ? null : await DescribeAsync(job, marketo, cancellationToken);
        var subject = $"Source of {job.Name}";
        using CancellationTokenSource timeOut = new(MaxDuration, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            Add(subject, job, await new JobCheck(job, description).ProbeAsync(withSamples: false, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Wrong(subject, $"no answer within {MaxDuration.TotalSeconds:0} seconds: check its address and the network");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Wrong(subject, failure.Message);
        }
    }

    private void Add(string subject, SyncJob job, JobFindings found)
    {
        foreach (var mistake in found.Mistakes)
        {
            findings.Wrong(subject, mistake);
        }

        if (found.Mistakes.Count > 0)
        {
            return;
        }

        if (found.IsSourceSeen)
        {
            var notes = Quantity.Format(found.Notes.Count, "note");
            findings.Good(
                subject,
                $"{job.Source.Description}{(found.Notes.Count > 0 ? $"; \"marketo-lambda jobs check {job.Name}\" has {notes}" : "")}");
        }
        else
        {
            findings.Warn(subject, $"{job.Source.Description} has no records yet, so nothing could be tried");
        }
    }

    private async Task<RecordTypeDescription?> DescribeAsync(SyncJob job, MarketoClient marketo, CancellationToken cancellationToken)
    {
        var subject = $"Target of {job.Name}";
        try
        {
            var target = job.Target.Open(marketo);
            var description = await target.DescribeAsync(cancellationToken);
            if (description is null)
            {
                findings.Wrong(subject, await target.ExplainMissingAsync(cancellationToken));
            }
            else
            {
                findings.Good(subject, job.Target.Description);
            }

            return description;
        }
        catch (MarketoException failure)
        {
            findings.Failed(subject, failure);
            return null;
        }
    }
}
