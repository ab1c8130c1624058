using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Logs;
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
    /// <returns>The alert that tells of it.</returns>
    /// <exception cref="AlertNotSentException">The alert could not be sent.</exception>
    internal async Task<Alert> FailedAsync(UnrecordedFailure failure, CancellationToken cancellationToken)
    {
        var job = failure.Job;
        var outage = Outage.Prolonged(memory.Find(job), failure.StartedAt);
        if (outage.StandingAlertAt(time.GetUtcNow()) is { } alertedAt)
        {
            memory.Keep(job, outage);
            logger.AlertStands(job, alertedAt);
            return new Alert(alertedAt);
        }

        logger.AlertNeeded(job);
        try
        {
            await alerts.SendAsync(OutageAlert.Compose(failure, outage), cancellationToken);
        }
        catch (Exception unsent) when (!FailureRule.IsAbort(unsent, cancellationToken))
        {
            memory.Keep(job, outage);
            throw new AlertNotSentException(
                $"The run of {job} failed, Marketo could not be told, and the alert could not be sent: {Sentence(unsent)} The run's "
                    + $"failure: {failure.Error}",
                unsent);
        }

        memory.Keep(job, outage with { AlertedAt = time.GetUtcNow() });
        return new Alert(StandsSince: null);
    }

    /// <summary>
    /// Marketo knows how the run ended: if that ends an outage, someone is told. Never fails a run that is through; the next one tries
    /// again.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="caughtUp">What the run made up for, in a sentence.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task RecoveredAsync(string job, string caughtUp, CancellationToken cancellationToken)
    {
        if (memory.Find(job) is not { } outage)
        {
            return;
        }

        try
        {
            await alerts.SendAsync(OutageAlert.Recovered(job, outage, time.GetUtcNow(), caughtUp), cancellationToken);
            memory.Keep(job, null);
        }
#pragma warning disable CA1031 // the run has ended and is recorded; only the good news is late
        catch (Exception failure)
#pragma warning restore CA1031
        {
            logger.RecoveryNotSent(job, Sentence(failure));
        }
    }

    private static string Sentence(Exception failure) => $"{failure.Message.TrimEnd('.')}.";
}
