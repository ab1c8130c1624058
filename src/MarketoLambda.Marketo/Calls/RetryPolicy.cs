using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Calls;

/// <summary>When a failed try is repeated. Pure: knows no clock and sends nothing.</summary>
internal sealed class RetryPolicy(Random random)
{
    /// <summary>Tries per call, the first included; those Marketo refused as too many are not among them.</summary>
    private const int MaxTries = 4;

    /// <summary>Tries of a write that nobody answers.</summary>
    /// <remarks>
    /// Before a further one Marketo must have finished with the one before, which takes two minutes: worth it once, to ride out a broken
    /// connection. Two in a row are an outage: waiting on holds a function and alerts people later, and gets nothing done sooner.
    /// </remarks>
    private const int MaxUnansweredWrites = 2;

    /// <summary>Times in a row that a call may be throttled before it fails: about ten minutes of pauses.</summary>
    /// <remarks>
    /// A call so refused was not executed, and sending slows down until it fits: no more is lost than some of the day's calls.
    /// So it uses up neither tries nor <see cref="RetryBudget"/>: another integration's rush must not end our run. Ten
    /// minutes are longer than most rushes last, and a function on Lambda lives for fifteen.
    /// </remarks>
    public const int MaxRefusals = 40;

    /// <summary>Refusals in a row after which it is no chance meeting any more: the pauses get longer.</summary>
    private const int QuickRefusals = 4;

    /// <summary>Tries that a call has, judged by its newest fault.</summary>
    public static int MaxTriesOf(MarketoError error, CallKind kind) =>
        kind.IsWrite && (error == MarketoErrorCatalog.Broken || error == MarketoErrorCatalog.TimedOut) ? MaxUnansweredWrites : MaxTries;

    /// <summary>How long to wait before the next try; null when there is none.</summary>
    /// <param name="fault">Why the newest try failed.</param>
    /// <param name="kind">What was tried.</param>
    /// <param name="tries">Tries so far, at least 1.</param>
    /// <param name="sinceSent">Time since the newest try was sent.</param>
    public TimeSpan? DelayAfter(Fault fault, CallKind kind, int tries, TimeSpan sinceSent) =>
        tries >= MaxTriesOf(fault.Error, kind) ? null
        : fault.IsNotSent ? TimeSpan.FromSeconds(1 << (tries - 1))
        : fault.Error.Disposition switch
        {
            Disposition.Transient => Backoff(tries),
            Disposition.Ambiguous => Longer(Backoff(tries), kind.IsWrite ? kind.MarketoLimit - sinceSent : TimeSpan.Zero),
            _ => null,
        };

    /// <summary>How long to wait after the call was throttled; null when there is no further try.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="refusals">Refusals of this call in a row, at least 1.</param>
    /// <remarks>
    /// Never near zero after 606: the window of 20 s has to drain, and full jitter would start anew too soon. Source: aws-sdk-net issue
    /// 4341.
    /// </remarks>
    public TimeSpan? DelayAfterRefusal(MarketoError error, int refusals) =>
        refusals >= MaxRefusals ? null
        : error.IsRateLimit || refusals > QuickRefusals ? Between(10, 20)
        : Between(0.5, 2);

    /// <summary>Up to 1, 2, 4 s. Full jitter, so that callers that failed together do not come back together.</summary>
    private TimeSpan Backoff(int tries) => Between(0, 1 << (tries - 1));

    private TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + (random.NextDouble() * (toSeconds - fromSeconds)));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
