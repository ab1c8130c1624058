namespace MarketoLambda.Sync.Alerts;

/// <summary>Reaches a person when Marketo is out of reach: e-mail in AWS, the terminal at a desk.</summary>
public interface IAlertChannel
{
    /// <summary>Delivers the alert. An exception means that nobody was reached.</summary>
    Task SendAsync(OutageAlert alert, CancellationToken cancellationToken);
}
