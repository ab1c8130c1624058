
namespace MarketoLambda.Marketo.Limits;

/// <summary>
/// How much of a limit that others share to use just now: half after each refusal, a step more for each 20 s without one.
/// </summary>
/// <remarks>
/// Additive increase, multiplicative decrease, as in TCP: whoever does likewise ends up with a fair share. It never goes
/// above the configured limit, so what is proven of that limit stays proven. Not safe for several threads: its owner has a lock.
/// </remarks>
internal sealed class AdaptiveLimit(int max, int min, int step, TimeProvider time)
{
    private int _missing;
    private long _halvedAt = long.MinValue;
    private long _quietSince;

    /// <summary>What may be used now.</summary>
    public int Now
    {
        get
        {
            while (_missing > 0 && time.GetElapsedTime(_quietSince) >= RateWindow.Length)
            {
                _missing = Math.Max(0, _missing - step);
                _quietSince = After(_quietSince, RateWindow.Length);
            }

            return max - _missing;
        }
    }

    /// <summary>Marketo refused a call.</summary>
    /// <param name="sentAt">When it was sent: calls that were under way together are refused together, and count as one refusal.</param>
    /// <param name="pause">How long nothing will be sent; such time proves nothing.</param>
    public void Throttled(long sentAt, TimeSpan pause)
    {
        var current = Now;
        var now = time.GetTimestamp();
        _quietSince = After(now, pause);
        if (sentAt > _halvedAt)
        {
            _missing = max - Math.Min(current, Math.Max(min, current / 2));
            _halvedAt = now;
        }
    }

    private long After(long timestamp, TimeSpan duration) => timestamp + (long)(duration.TotalSeconds * time.TimestampFrequency);
}
