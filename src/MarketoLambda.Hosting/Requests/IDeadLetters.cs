namespace MarketoLambda.Hosting.Requests;

/// <summary>Keeps messages that can never lead to a run, for a person to look at.</summary>
public interface IDeadLetters
{
    /// <summary>The message is safely kept when the task completes.</summary>
    /// <param name="messageId">Equal for the same message delivered again.</param>
    /// <param name="message">As it came.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SendAsync(string messageId, string message, CancellationToken cancellationToken);
}
