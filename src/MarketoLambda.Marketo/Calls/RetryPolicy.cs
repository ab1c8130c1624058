using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Calls;

/// <summary>When a failed try is repeated. Pure: knows no clock and sends nothing.</summary>
internal sealed class RetryPolicy(Random random)
{
    /// <summary>Tries per call, the first included.</summary>
    public const int MaxTries = 4;

    /// <summary>How long to wait before the next try; null when there is none.</summary>
    /// <param name="fault">Why the newest try failed.</param>
    /// <param name="kind">What was tried.</param>
    /// <param name="tries">Tries so far, at least 1.</param>
    /// <param name="sinceSent">Time since the newest try was sent.</param>
    public TimeSpan? DelayAfter(Fault fault, CallKind kind, int tries, TimeSpan sinceSent) =>
        tries >= MaxTries ? null
        : fault.Error == MarketoErrorCatalog.NotSent ? TimeSpan.FromSeconds(1 << (tries - 1))
        : fault.Error.Disposition switch
        {
            Disposition.Throttled => fault.Error.IsRateLimit ? Between(10, 20) : Between(0.5, 2),
            Disposition.Transient => Backoff(tries),
            Disposition.Ambiguous => Longer(Backoff(tries), kind.IsWrite ? kind.MarketoLimit - sinceSent : TimeSpan.Zero),
            _ => null,
        };

    /// <summary>Up to 1, 2, 4 s. Full jitter, so that callers that failed together do not come back together.</summary>
    private TimeSpan Backoff(int tries) => Between(0, 1 << (tries - 1));

    private TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + (random.NextDouble() * (toSeconds - fromSeconds)));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
