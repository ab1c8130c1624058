using Microsoft.Extensions.Logging;

namespace MarketoLambda.Marketo.Telemetry;

/// <summary>Everything this project logs. Codes, durations and names only: no token, no secret, no field value.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "The {Call} call to Marketo failed ({Code}): try {Try} of {MaxTries} in {DelaySeconds:F1} s")]
    public static partial void TryFailed(this ILogger logger, string call, string code, int @try, int maxTries, double delaySeconds);

    [LoggerMessage(
        1001,
        LogLevel.Warning,
        "Marketo does not say how many calls were made today ({Code}): only this process's calls are held against {MaxCalls} calls a day"
    )]
    public static partial void UsageUnknown(this ILogger logger, string code, int maxCalls);

    [LoggerMessage(
        1002,
        LogLevel.Warning,
        "Marketo throttled the {Call} call ({Code}), {Refusals} of at most {MaxRefusals} times in a row: sending slows down"
    )]
    public static partial void CallRefused(this ILogger logger, string call, string code, int refusals, int maxRefusals);
}
