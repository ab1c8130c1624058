using MarketoLambda.Hosting.Requests;

namespace MarketoLambda.Testing;

/// <summary>Keeps dead letters in memory, and fails on request.</summary>
public sealed class MemoryDeadLetters : IDeadLetters
{
    private readonly List<(string Id, string Message)> _kept = [];

    public IReadOnlyList<(string Id, string Message)> Kept => _kept;

    /// <summary>The queue is out of reach.</summary>
    public Exception? Failure { get; set; }

    public Task SendAsync(string messageId, string message, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
        {
            return Task.FromException(failure);
        }

        _kept.Add((messageId, message));
        return Task.CompletedTask;
    }
}
