using Microsoft.Extensions.Logging;

namespace MarketoLambda.Functions;

/// <summary>Everything the host logs itself. Ids from 3000, never reused.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Error, "Message {MessageId} can never lead to a run and goes to the dead letters: {Reason}")]
    public static partial void MessageRefused(this ILogger logger, string messageId, string reason);
}
