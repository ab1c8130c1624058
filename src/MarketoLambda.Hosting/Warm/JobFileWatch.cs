using MarketoLambda.Hosting.Logs;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Wording;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Warm;

/// <summary>
/// Reports job files that a warm host meets: the change in the log, a refusal in the log each time and to a person once.
/// </summary>
/// <param name="address">Where the job file is kept.</param>
/// <param name="alerts">Reaches a person; null for a host that only logs.</param>
/// <param name="logger">The log.</param>
public sealed class JobFileWatch(string address, IAlertChannel? alerts, TimeProvider time, ILogger logger)
{
    private const int MaxMistakesInAMail = 20;

    private string? _reported;

    /// <summary>Another job file is in force.</summary>
    internal void Changed()
    {
        _reported = null;
        logger.JobFileChanged(address);
    }

    /// <summary>
    /// A new job file has mistakes; the one before stays in force. An alert that cannot be sent is tried again with the next reading.
    /// </summary>
    internal async Task RefusedAsync(string text, JobFileException refused, CancellationToken cancellationToken)
    {
        logger.JobFileRefused(address, refused.Message);
        if (alerts is null || _reported == text)
        {
            return;
        }

        try
        {
            await alerts.SendAsync(Alert(refused), cancellationToken);
            _reported = text;
        }
#pragma warning disable CA1031 // the log has it, and the old job file works on
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.JobFileAlertNotSent(address, failure.Message);
        }
    }

    private OutageAlert Alert(JobFileException refused) =>
        new(
            address,
            "MarketoLambda: the new job file is refused, the one before it stays in force",
            [
                new AlertSection(
                    "What happened",
                    [
                        $"The job file {address} was changed, and as it was read at {UtcText.Words(time.GetUtcNow())} "
                            + "it has mistakes:",
                        .. refused.Problems.Take(MaxMistakesInAMail).Select(problem => $"line {problem.Line}: {problem.Message}."),
                        .. refused.Problems.Count > MaxMistakesInAMail
                            ? [$"and {refused.Problems.Count - MaxMistakesInAMail} more."]
                            : Array.Empty<string>(),
                    ]),
                new AlertSection("What is safe", ["Jobs run on with the job file before it, as long as this instance lives."]),
                new AlertSection(
                    "What to do",
                    [
                        "Correct it soon: an instance that starts anew has no job file before it, and fails.",
                        "\"marketo-lambda jobs check --jobs FILE\" names all mistakes; \"marketo-lambda jobs push FILE\" writes only a "
                            + "file without any. It is in force five minutes later.",
                    ]),
            ]);
}
