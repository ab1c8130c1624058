using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Requests;

/// <summary>
/// Does what a run request asks for, and asks for a continuation where time was not enough, or else for the jobs that wait for this one.
/// </summary>
/// <remarks>
/// Returning means that the message is done with: the run's trace is in Marketo or an e-mail. An exception leaves the message on the
/// queue, to be delivered again.
/// </remarks>
public sealed class RunRequestHandler(
    JobList jobs,
    SyncEngine engine,
    IRunRequests requests,
    TimeProvider time,
    ILogger<RunRequestHandler> logger)
{
    /// <summary>A bound for what nobody foresaw; at 15 minutes each it is five days of importing without a pause.</summary>
    public const int MaxContinuations = 500;

    /// <summary>With less time than this left it is not worth waiting for another run to end.</summary>
    private static readonly TimeSpan MinUseful = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(15);

    private readonly RoundRequests _rounds = new(jobs, requests, logger);

    /// <summary>Handles one message.</summary>
    /// <param name="message">A <see cref="RunRequest"/> as JSON.</param>
    /// <param name="remaining">Time until the host is cut off.</param>
    /// <param name="cancellationToken">Leaves at once; the last checkpoint stands.</param>
    /// <returns>What the run did; null for a request that only led to others.</returns>
    /// <exception cref="RunRequestException">The message can never lead to a run.</exception>
    /// <exception cref="AggregateException">The run failed, and no alert could be sent.</exception>
    public async Task<SyncReport?> HandleAsync(string message, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var request = RunRequest.Parse(message);
        if (request.Job == RunRequest.EveryJob)
        {
            await _rounds.BeginAsync(request, cancellationToken);
            return null;
        }

        var job = jobs.Find(request.Job) ?? throw new UnknownJobException();
        logger.RequestTaken(job.Name, request.Trigger.ToString(), request.Continuation);
        var report = await RunAsync(job, new RunDeadline(time, remaining, CancellationToken.None), cancellationToken);
        var goesOn = report.Outcome == RunOutcome.Continued && await GoOnAsync(request with { Job = job.Name }, report, cancellationToken);
        if (!goesOn && request.Round is { } round)
        {
            await _rounds.GoOnAsync(round, job.Name, report.Outcome, cancellationToken);
        }

        return report;
    }

    /// <summary>
    /// Waits for another run of the job, on a workstation or of a host that died, rather than dropping the request: what is new now may be
    /// nothing that run has seen.
    /// </summary>
    private async Task<SyncReport> RunAsync(SyncJob job, RunDeadline deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            var report = await engine.RunAsync(job, deadline, progress: null, cancellationToken);
            if (report is not { Outcome: RunOutcome.Busy, BusyUntil: { } until })
            {
                return report;
            }

            var wait = Continuation.WaitFor(until, time.GetUtcNow(), MinWait);
            if (deadline.Remaining - wait < MinUseful)
            {
                logger.StillBusy(job.Name, until);
                return report;
            }

            await time.PauseAsync(wait, cancellationToken);
        }
    }

    /// <summary>Asks for a continuation; false where none is to come.</summary>
    private async Task<bool> GoOnAsync(RunRequest request, SyncReport report, CancellationToken cancellationToken)
    {
        if (!Continuation.IsWorthwhile(report) || request.Continuation >= MaxContinuations)
        {
            logger.Stuck(request.Job, request.Continuation, report.Accepted + report.Rejected + report.Waiting);
            return false;
        }

        await requests.SendAsync(
            new RunRequest(request.Job, RunTrigger.Continuation, $"run-{report.RunNumber}", request.Continuation + 1)
            {
                Round = request.Round,
            },
            cancellationToken);
        logger.GoesOn(request.Job, request.Continuation + 1);
        return true;
    }
}
