using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Logs;

/// <summary>Everything that hosts log beside the engine. Ids from 2100, never reused; no field values, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "A run of {Job} is asked for by {Trigger}, continuation {Continuation}")]
    public static partial void RequestTaken(this ILogger logger, string job, string trigger, int continuation);

    [LoggerMessage(2101, LogLevel.Information, "{Job} needs more time: continuation {Continuation} is asked for")]
    public static partial void GoesOn(this ILogger logger, string job, int continuation);

    [LoggerMessage(
        2102,
        LogLevel.Error,
        "{Job} is stuck: continuation {Continuation} moved {Records} records in all its time. The next schedule tries again"
    )]
    public static partial void Stuck(this ILogger logger, string job, int continuation, long records);

    [LoggerMessage(2103, LogLevel.Warning, "{Job} is busy until {BusyUntil}, longer than this run can wait; the next schedule tries")]
    public static partial void StillBusy(this ILogger logger, string job, DateTimeOffset busyUntil);

    [LoggerMessage(
        2104,
        LogLevel.Warning,
        "{Job} is skipped in this round, because {JobBefore}, which comes before it, {Reason}. The next round goes on with it"
    )]
    public static partial void JobSkipped(this ILogger logger, string job, string jobBefore, string reason);

    [LoggerMessage(2110, LogLevel.Information, "A webhook asked for a run of {Job}: {RequestId}")]
    public static partial void WebhookAccepted(this ILogger logger, string job, string requestId);

    [LoggerMessage(2111, LogLevel.Warning, "A webhook was refused with status {Status}")]
    public static partial void WebhookRefused(this ILogger logger, int status);

    [LoggerMessage(2112, LogLevel.Warning, "The state of {Job} could not be read for a webhook: {Reason}")]
    public static partial void StateNotShown(this ILogger logger, string job, string reason);

    [LoggerMessage(3000, LogLevel.Error, "Message {MessageId} can never lead to a run and is among the dead letters: {Reason}")]
    public static partial void MessageRefused(this ILogger logger, string messageId, string reason);

    [LoggerMessage(3001, LogLevel.Error, "The new job file {Address} is refused, the one before it stays in force: {Reason}")]
    public static partial void JobFileRefused(this ILogger logger, string address, string reason);

    [LoggerMessage(
        3002,
        LogLevel.Error,
        "No alert could be sent that the new job file {Address} is refused; the next reading tries again: {Reason}"
    )]
    public static partial void JobFileAlertNotSent(this ILogger logger, string address, string reason);

    [LoggerMessage(3003, LogLevel.Information, "The job file {Address} has changed and is in force")]
    public static partial void JobFileChanged(this ILogger logger, string address);

    [LoggerMessage(2120, LogLevel.Information, "The secrets have changed: the host is wired anew, and what it remembered is forgotten")]
    public static partial void SecretsChanged(this ILogger logger);

    [LoggerMessage(
        2121,
        LogLevel.Warning,
        "The secrets or the job file could not be read again ({ExceptionType}); those of {ReadAt} stay in use"
    )]
    public static partial void SecretsNotRead(this ILogger logger, string exceptionType, DateTimeOffset readAt);
}
