using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Outages;

/// <summary>Tells a person of an outage once, reminds once a day, and tells when it is over.</summary>
/// <remarks>
/// It is remembered only after it was told, so whoever dies in between is told twice rather than not at all. Two runs of a job at once may
/// both alert, for the same reason.
/// </remarks>
public sealed class OutageWatch(IAlertChannel alerts, IOutageMemory memory, TimeProvider time, ILogger<OutageWatch> logger)
{
    /// <summary>A run failed and Marketo could not be told: an alert goes out, unless one stands.</summary>
    /// <exception cref="AlertNotSentException">The alert could not be sent.</exception>
    internal async Task FailedAsync(SyncRun run, Exception? recordingFailure, CancellationToken cancellationToken)
    {
        var job = run.Job.ApiName;
        var outage = Outage.Prolonged(memory.Find(job), run.StartedAt);
        if (outage.HasStandingAlert(time.GetUtcNow()))
        {
            memory.Keep(job, outage);
            run.StandingAlertSentAt = outage.AlertedAt;
            run.IsAlerted = true;
            logger.AlertStands(job, outage.AlertedAt!.Value);
            return;
        }

        logger.AlertNeeded(job);
        try
        {
            await alerts.SendAsync(OutageAlert.Compose(Facts(run, recordingFailure, outage)), cancellationToken);
        }
        catch (Exception failure) when (!RunEnding.IsAbort(failure, cancellationToken))
        {
            memory.Keep(job, outage);
            throw new AlertNotSentException(
                $"The run of {job} failed, Marketo could not be told, and the alert could not be sent: {Sentence(failure)} The run's "
                    + $"failure: {run.Error}",
                failure);
        }

        run.IsAlerted = true;
        memory.Keep(job, outage with { AlertedAt = time.GetUtcNow() });
    }

    /// <summary>
    /// Marketo knows how the run ended: if that ends an outage, someone is told. Never fails a run that is through; the next one tries
    /// again.
    /// </summary>
    internal async Task RecoveredAsync(SyncRun run, CancellationToken cancellationToken)
    {
        var job = run.Job.ApiName;
        if (memory.Find(job) is not { } outage)
        {
            return;
        }

        try
        {
            await alerts.SendAsync(OutageAlert.Recovered(job, outage, time.GetUtcNow(), CaughtUp(run)), cancellationToken);
            memory.Keep(job, null);
        }
#pragma warning disable CA1031 // the run has ended and is recorded; only the good news is late
        catch (Exception failure)
#pragma warning restore CA1031
        {
            logger.RecoveryNotSent(job, Sentence(failure));
        }
    }

    private static OutageFacts Facts(SyncRun run, Exception? recordingFailure, Outage outage) => new()
    {
        Job = run.Job.ApiName,
        StartedAt = run.StartedAt,
        Failure = run.Error ?? "",
        RecordingFailure = recordingFailure is null ? null : FailureText.FromCall(recordingFailure),
        Cause = FailureRule.Find(recordingFailure ?? run.Failure).Kind,
        Finished = run.Unrecorded,
        Outage = outage,
    };

    private static string CaughtUp(SyncRun run)
    {
        var imported =
            $"The run that started at {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC imported "
                + Quantity.Of(run.Prefix.Accepted, "record")
                + (run.Prefix.Rejected == 0 ? "" : $" and rejected {run.Prefix.Rejected:N0}");
        return run.Outcome switch
        {
            RunOutcome.NothingNew => "Nothing had to be: the source has nothing new.",
            RunOutcome.Succeeded => $"{imported}. Nothing is left to do.",
            RunOutcome.Failed => $"{imported}, and then failed for a reason that Marketo's state record tells: {run.Error}",
            _ => $"{imported}; the next one goes on.",
        };
    }

    private static string Sentence(Exception failure) => $"{failure.Message.TrimEnd('.')}.";
}
