using MarketoLambda.Hosting.Requests;

namespace MarketoLambda.Testing;

/// <summary>
/// A FIFO queue with the promises of the real one: drops repetitions within five minutes, holds a message back at first, and delivers it
/// again until it is done with.
/// </summary>
public sealed class MemoryRunRequests(TimeProvider time, TimeSpan delay) : IRunRequests
{
    private static readonly TimeSpan DeduplicationWindow = TimeSpan.FromMinutes(5);

    private readonly List<(RunRequest Request, DateTimeOffset SentAt)> _accepted = [];
    private readonly Queue<(RunRequest Request, DateTimeOffset VisibleAt)> _waiting = [];

    /// <summary>Everything that was queued, in order.</summary>
    public IReadOnlyList<RunRequest> Accepted => [.. _accepted.Select(accepted => accepted.Request)];

    /// <summary>Messages not done with.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>How often somebody tried to queue something.</summary>
    public int Sendings { get; private set; }

    /// <summary>The queue is out of reach.</summary>
    public Exception? Failure { get; set; }

    public Task SendAsync(RunRequest request, CancellationToken cancellationToken)
    {
        Sendings++;
        if (Failure is { } failure)
        {
            return Task.FromException(failure);
        }

        var now = time.GetUtcNow();
        if (
            !_accepted.Exists(known => known.Request.DeduplicationId == request.DeduplicationId && now - known.SentAt < DeduplicationWindow)
        )
        {
            _accepted.Add((request, now));
            _waiting.Enqueue((request, now + delay));
        }

        return Task.CompletedTask;
    }

    /// <summary>The message to deliver next, and when; null for an empty queue.</summary>
    public (RunRequest Request, DateTimeOffset VisibleAt)? Peek() => _waiting.TryPeek(out var next) ? next : null;

    /// <summary>The message was handled.</summary>
    public void Delete() => _waiting.Dequeue();
}
