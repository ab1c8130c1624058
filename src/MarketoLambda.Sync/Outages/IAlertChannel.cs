namespace MarketoLambda.Sync.Outages;

/// <summary>Reaches a person when Marketo is out of reach: e-mail in AWS, the terminal and e-mail on a workstation.</summary>
public interface IAlertChannel
{
    /// <summary>
    /// Delivers the alert, or the message that an outage is over. An exception means that nobody was reached; its message names the remedy
    /// and no secret.
    /// </summary>
    Task SendAsync(OutageAlert alert, CancellationToken cancellationToken);
}
