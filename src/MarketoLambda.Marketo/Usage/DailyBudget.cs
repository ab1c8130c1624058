using System.Globalization;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Limits;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Usage;

/// <summary>
/// Stops imports at the configured share of the day's calls, whoever made them, so that other integrations and our own records are left
/// some.
/// </summary>
internal sealed class DailyBudget
{
    /// <summary>Own calls after which Marketo is asked anew what the others used; costs one call in 250.</summary>
    private const int CallsBetweenReadings = 250;

    private readonly Lock _gate = new();
    private readonly UsageClient _usage;
    private readonly MarketoCallCounter _counter;
    private readonly TimeProvider _time;
    private readonly ILogger<DailyBudget> _logger;
    private readonly SharedWork<bool> _reading;
    private readonly int _maxCalls;
    private readonly int _quota;
    private DateTimeOffset _dayEndsAt = DateTimeOffset.MinValue;
    private long _usedAtReading;
    private long _ownAtReading;
    private long _reserved;
    private bool _usageUnknown;

    public DailyBudget(
        UsageClient usage,
        MarketoCallCounter counter,
        IOptions<MarketoOptions> options,
        TimeProvider time,
        ILogger<DailyBudget> logger)
    {
        _usage = usage;
        _counter = counter;
        _time = time;
        _logger = logger;
        _quota = options.Value.DailyQuota;
        _maxCalls = (int)((long)_quota * options.Value.DailySharePercent / 100);
        _reading = new SharedWork<bool>(ReadAsync);
    }

    /// <summary>Calls of today; null before Marketo was asked, and where it does not say.</summary>
    public DailyUse? Today
    {
        get
        {
            lock (_gate)
            {
                return _usageUnknown || _time.GetUtcNow() >= _dayEndsAt ? null : new DailyUse(Used(), _maxCalls, _quota);
            }
        }
    }

    /// <summary>Room for one import call; dispose of it when the call is over.</summary>
    /// <exception cref="MarketoQuotaExceededException">The share is used up.</exception>
    public async Task<IDisposable> ReserveAsync(CancellationToken cancellationToken)
    {
        if (IsReadingDue())
        {
            await _reading.JoinAsync(cancellationToken);
        }

        lock (_gate)
        {
            var used = Used();
            CallInstruments.Used(used);
            if (used + _reserved >= _maxCalls)
            {
                throw SpentException(used);
            }

            _reserved++;
        }

        return new Reservation(this);
    }

    private bool IsReadingDue()
    {
        lock (_gate)
        {
            var isNewDay = _time.GetUtcNow() >= _dayEndsAt;
            return isNewDay || (Used() < _maxCalls && _counter.Total - _ownAtReading >= CallsBetweenReadings);
        }
    }

    private long Used() => _usedAtReading + _counter.Total - _ownAtReading;

    private async Task<bool> ReadAsync()
    {
        // Own calls made while Marketo counts may be in its answer or not: better counted twice than not at all.
        var ownBefore = _counter.Total;
        var used = await TryReadUsageAsync();
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var isSameDay = now < _dayEndsAt;
            (_usedAtReading, _ownAtReading) = used is null && isSameDay ? (Used(), _counter.Total) : (used ?? 0, ownBefore);
            _dayEndsAt = QuotaDay.EndOf(now);
        }

        return used is not null;
    }

    /// <summary>
    /// Null when Marketo does not say. That must not stop an import: the import call itself will fail if Marketo is down.
    /// </summary>
    private async Task<long?> TryReadUsageAsync()
    {
        if (_usageUnknown)
        {
            return null;
        }

        try
        {
            return (await _usage.TodayAsync(CancellationToken.None)).Total;
        }
        catch (MarketoException e) when (e is not MarketoQuotaExceededException)
        {
            // A missing permission does not come by itself: ask and complain only once.
            _usageUnknown = e is not MarketoUnavailableException;
            _logger.UsageUnknown(e.Code ?? "no answer", _maxCalls);
            return null;
        }
    }

    private MarketoQuotaExceededException SpentException(long used) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"{used} of the {_maxCalls} calls a day that imports may use are used ({_maxCalls} of {_quota}, all integrations together): ")
        + "wait for the reset at midnight CST, or raise Marketo__DailySharePercent or Marketo__DailyQuota",
        code: null, requestId: null, QuotaDay.EndOf(_time.GetUtcNow()));

    private sealed class Reservation(DailyBudget budget) : IDisposable
    {
        private DailyBudget? _budget = budget;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _budget, null) is { } budget)
            {
                lock (budget._gate)
                {
                    budget._reserved--;
                }
            }
        }
    }
}
