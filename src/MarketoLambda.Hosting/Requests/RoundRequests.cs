using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Requests;

/// <summary>Asks for the jobs of a round, each when those it comes after have ended.</summary>
/// <remarks>
/// Nothing is stored for it: jobs that hang together are asked for one by one, and the request for each carries the names of those that
/// are left. When it has ended, these are split again, so that what is independent from there on runs at the same time. A message that is
/// delivered again asks again: the jobs then find nothing new.
/// </remarks>
internal sealed class RoundRequests(JobList jobs, IRunRequests requests, ILogger logger)
{
    /// <summary>Asks for the jobs that come first.</summary>
    public Task BeginAsync(RunRequest request, CancellationToken cancellationToken) =>
        AskAsync(new RequestRound(request.Trigger, request.RequestId), new UnfinishedJobs(), jobs.All, cancellationToken);

    /// <summary>Asks for what waited for a job that has ended now.</summary>
    /// <param name="round">The round as the job's request knew it; a job that the job file has no more is left out.</param>
    /// <param name="job">Its name.</param>
    /// <param name="outcome">How its run ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task GoOnAsync(RequestRound round, string job, RunOutcome outcome, CancellationToken cancellationToken)
    {
        UnfinishedJobs unfinished = new();
        foreach (var (name, ended) in round.Unfinished)
        {
            unfinished.Add(name, ended);
        }

        unfinished.Add(job, outcome);
        return AskAsync(round, unfinished, [.. round.Then.Select(jobs.Find).OfType<SyncJob>()], cancellationToken);
    }

    private async Task AskAsync(
        RequestRound round,
        UnfinishedJobs unfinished,
        IReadOnlyList<SyncJob> left,
        CancellationToken cancellationToken)
    {
        foreach (var group in JobOrder.Groups(left))
        {
            var (first, rest) = (group[0], group.Skip(1).ToList());
            if (unfinished.FindCause(first) is { } cause)
            {
                logger.JobSkipped(first.Name, cause.Job, cause.Verb);
                unfinished.Add(first.Name, RunOutcome.Skipped);
                await AskAsync(round, unfinished, rest, cancellationToken);
            }
            else
            {
                await requests.SendAsync(
                    new RunRequest(first.Name, round.Trigger, round.RequestId)
                    {
                        Round = rest.Count == 0 ? null : round with
                        {
                            Then = [.. rest.Select(job => job.Name)],
                            Unfinished = new Dictionary<string, RunOutcome>(unfinished.Outcomes),
                        },
                    },
                    cancellationToken);
            }
        }
    }
}
