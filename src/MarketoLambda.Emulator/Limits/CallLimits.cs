using System.Globalization;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Emulator.Usage;

namespace MarketoLambda.Emulator.Limits;

/// <summary>Rate, concurrency and quota of the subscription, as the server counts them. Guarded by the subscription's gate.</summary>
internal sealed class CallLimits(EmulatorOptions options, UsageBook usage)
{
    private readonly SlidingWindow _counted = new(() => options.Window);
    private readonly SlidingWindow _arrived = new(() => options.Window);
    private int _inFlight;
    private int _maxInFlight;

    /// <summary>Counts a call that has just arrived and says whether it may go on.</summary>
    public Admission Admit(DateTimeOffset now, string? user)
    {
        var refusal = options.EnforceLimits ? Refuse(now) : null;
        _arrived.Add(now);
        _maxInFlight = Math.Max(_maxInFlight, ++_inFlight);
        return new Admission(_counted.Add(now), usage.Count(now, user), refusal);
    }

    /// <summary>The call has its answer; starred codes, and throttled calls where the quirks say so, are uncounted again.</summary>
    public void Complete(Admission admission, string? code)
    {
        var throttled = code is "606" or "615";
        if (MarketoCodes.IsUncounted(code) || (throttled && !options.Quirks.ThrottledCallsCountInWindow))
        {
            _counted.Remove(admission.Place);
        }

        if (MarketoCodes.IsUncounted(code) || (throttled && !options.Quirks.ThrottledCallsCountInQuota))
        {
            admission.Tally.TakeBack();
        }

        if (code is not null)
        {
            admission.Tally.CountError(code);
        }
    }

    /// <summary>The call no longer occupies one of the places in flight.</summary>
    public void Leave() => _inFlight--;

    public LimitSummary Summarize(DateTimeOffset now) =>
        new(_counted.Count(now), _arrived.Worst, _inFlight, _maxInFlight, usage.Total(now));

    private Refusal? Refuse(DateTimeOffset now)
    {
        if (usage.Total(now) >= options.DailyQuota)
        {
            return Refusal.FromCode("607");
        }

        if (_counted.Count(now) >= options.CallsPerWindow)
        {
            var seconds = options.Window.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            return new Refusal("606", $"Max rate limit '{options.CallsPerWindow}' exceeded with in '{seconds}' secs");
        }

        return _inFlight >= options.MaxConcurrentCalls ? Refusal.FromCode("615") : null;
    }
}

/// <summary>Where a call was counted, and why it was refused if it was.</summary>
internal sealed record Admission(LinkedListNode<DateTimeOffset> Place, Tally Tally, Refusal? Refusal);

/// <summary>How near the calls came to the limits. Measured whether or not they are enforced; identity calls are left out.</summary>
/// <param name="CallsInWindow">Calls that count in the window that ends now.</param>
/// <param name="WorstWindow">Most calls that ever arrived within one window, starred codes included.</param>
/// <param name="InFlight">Calls in flight now.</param>
/// <param name="MaxInFlight">Most calls ever in flight at once.</param>
/// <param name="CallsToday">Calls that count in today's quota.</param>
public sealed record LimitSummary(int CallsInWindow, int WorstWindow, int InFlight, int MaxInFlight, int CallsToday);
