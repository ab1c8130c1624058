using MarketoLambda.Sync.State;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Sync.Logs;

/// <summary>Everything the engine logs. Ids from 2000, never reused; no field values, no secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Run of {Job} started")]
    public static partial void RunStarted(this ILogger logger, string job);

    [LoggerMessage(
        2001,
        LogLevel.Information,
        "Run {RunNumber} of {Job} ended: {Outcome}, {AcceptedRecords} accepted, {RejectedRecords} rejected, {WaitingRecords} waiting in "
            + "{ElapsedMs} ms"
    )]
    public static partial void RunEnded(
        this ILogger logger,
        string job,
        long runNumber,
        RunOutcome outcome,
        long acceptedRecords,
        long rejectedRecords,
        long waitingRecords,
        long elapsedMs);

    // Not the exception itself: other people's messages may quote a field value.
    [LoggerMessage(2002, LogLevel.Error, "Run of {Job} failed unexpectedly with {ExceptionType} {StackTrace}")]
    public static partial void RunFailedUnexpectedly(this ILogger logger, string job, string exceptionType, string stackTrace);

    [LoggerMessage(2003, LogLevel.Error, "The failure of {Job} could not be recorded in Marketo: an alert goes out")]
    public static partial void AlertNeeded(this ILogger logger, string job);

    [LoggerMessage(2020, LogLevel.Error, "The failure of {Job} could not be recorded in Marketo: the alert sent at {AlertedAt:u} stands")]
    public static partial void AlertStands(this ILogger logger, string job, DateTimeOffset alertedAt);

    [LoggerMessage(2021, LogLevel.Warning, "Nobody could be told that {Job} can tell Marketo again; the next run tries again: {Reason}")]
    public static partial void RecoveryNotSent(this ILogger logger, string job, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "Marketo does not show {ApiName} yet; waiting {DelayMs} ms")]
    public static partial void WaitingForApproval(this ILogger logger, string apiName, long delayMs);

    [LoggerMessage(2005, LogLevel.Warning, "The lease of run {RunNumber} of {Job} is not given back; it ends at {LeaseEnd}: {Reason}")]
    public static partial void LeaseLeft(this ILogger logger, string job, long runNumber, DateTimeOffset leaseEnd, string reason);

    [LoggerMessage(2006, LogLevel.Information, "{Job} is busy: another run is at work, at most until {BusyUntil}")]
    public static partial void Busy(this ILogger logger, string job, DateTimeOffset busyUntil);

    [LoggerMessage(2007, LogLevel.Warning, "Old run records of {Job} could not be deleted: {Reason}")]
    public static partial void NotPruned(this ILogger logger, string job, string reason);

    [LoggerMessage(LogEvents.Notice, LogLevel.Warning, "{Job}: {Code}: {Location}: {Notice}")]
    public static partial void Noticed(this ILogger logger, string job, string code, string location, string notice);

    [LoggerMessage(
        2032,
        LogLevel.Information,
        "The run of {Job} waited {RateLimitMs} ms for the limit on calls in 20 s, {InFlightMs} ms for that on calls at once, "
            + "{HoldOffMs} ms before tries again (all its calls together), and {SourceMs} ms for the source"
    )]
    public static partial void RunWaited(this ILogger logger, string job, long rateLimitMs, long inFlightMs, long holdOffMs, long sourceMs);

    [LoggerMessage(
        2031,
        LogLevel.Warning,
        "{Job}: {Code} and more: only the first {Most} notices of a run are logged; the state record has their number"
    )]
    public static partial void MoreNotices(this ILogger logger, string job, string code, int most);
}
