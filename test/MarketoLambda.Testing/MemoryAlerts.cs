using MarketoLambda.Sync.Outages;

namespace MarketoLambda.Testing;

/// <summary>Keeps alerts in memory, and fails on request.</summary>
public sealed class MemoryAlerts : IAlertChannel
{
    private readonly List<OutageAlert> _sent = [];

    public IReadOnlyList<OutageAlert> Sent => _sent;

    /// <summary>The mail server is down.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Happens before an alert is sent.</summary>
    public Action? Sending { get; set; }

    public Task SendAsync(OutageAlert alert, CancellationToken cancellationToken)
    {
        Sending?.Invoke();
        if (Failure is { } failure)
        {
            return Task.FromException(failure);
        }

        _sent.Add(alert);
        return Task.CompletedTask;
    }
}
