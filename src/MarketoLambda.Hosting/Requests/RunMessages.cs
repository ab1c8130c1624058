using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Warm;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Hosting.Requests;

/// <summary>Takes messages from the queue: each leads to a run, or goes to the dead letters at once where none can come of it.</summary>
/// <remarks>
/// Left on the queue, such a message would come back until it is given up, and hold up everything of its group meanwhile. A job that is not
/// known may be new: the job file is read again before its message is given up.
/// </remarks>
public sealed class RunMessages(RenewableHost<RunRequestHandler> host, IDeadLetters deadLetters, ILogger<RunMessages> logger)
{
    /// <summary>Handles one message; an exception leaves it on the queue, to be delivered again.</summary>
    /// <param name="messageId">The queue's name for the message.</param>
    /// <param name="message">A <see cref="RunRequest"/> as JSON.</param>
    /// <param name="remaining">Time until the host is cut off.</param>
    /// <param name="cancellationToken">Leaves at once; the last checkpoint stands.</param>
    public async Task HandleAsync(string messageId, string message, TimeSpan remaining, CancellationToken cancellationToken)
    {
        try
        {
            await HandleKnownAsync(message, remaining, cancellationToken);
        }
        catch (RunRequestException wrong)
        {
            logger.MessageRefused(messageId, wrong.Message);
            await deadLetters.SendAsync(messageId, message, cancellationToken);
        }
    }

    private async Task HandleKnownAsync(string message, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var handler = await host.GetAsync(cancellationToken);
        try
        {
            await handler.HandleAsync(message, remaining, cancellationToken);
        }
        catch (UnknownJobException)
        {
            var renewed = await host.RenewAsync(cancellationToken);
            if (ReferenceEquals(renewed, handler))
            {
                throw;
            }

            await renewed.HandleAsync(message, remaining, cancellationToken);
        }
    }
}
