using MarketoLambda.Marketo.Settings;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Limits;

/// <summary>
/// Keeps the calls in any 20 seconds, as Marketo counts them, to the configured number, or to fewer while others use up the limit; first
/// come, first served.
/// </summary>
/// <remarks>
/// A call holds a place from its sending until 20 s after its answer was received. Why that is enough, whatever the latencies:
/// suppose N+1 calls arrive at Marketo within 20 s. Take the one sent last. It found a free place among N, so one of the
/// others had given its place back, that is, was answered at least 20 s before. It arrived before it was answered, and the
/// last one arrived after it was sent: the two arrivals are 20 s apart, a contradiction. A limiter that looks at sending
/// times only lets latency squeeze two windows into one. It stays true while the number of places changes, as long as that
/// is never above N: who finds a free place among fewer has found one among N. Where a run ends because somebody waits for it, N is a
/// few more, and still within Marketo's limit.
/// </remarks>
internal sealed class RateWindow : IDisposable
{
    /// <summary>Source: Adobe, rest-api/marketo-integration-best-practices, "API Limits".</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    /// <summary>Even while others use up the limit: one call in 4 s gets a checkpoint through.</summary>
    private const int MinPlaces = 5;

    /// <summary>
    /// Beyond the configured number, for the few calls that end a run somebody waits for: the rejects of the five calls that are answered
    /// last, the checkpoint and the end of the lease. Others lose less by them than a person does by 20 seconds.
    /// </summary>
    private const int PlacesForEnding = 15;

    /// <summary>Marketo's own limit on the calls of all integrations in 20 s. Source: as <see cref="Length"/>.</summary>
    private const int MaxPlaces = 100;

    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _line = new();
    private readonly Queue<long> _answeredAt = new();
    private readonly TimeProvider _time;
    private readonly ITimer _alarm;
    private readonly AdaptiveLimit _places;
    private int _unanswered;
    private long _closedFrom;
    private TimeSpan _closedFor;

    public RateWindow(IOptions<MarketoOptions> options, TimeProvider time)
    {
        var max = options.Value.CallsPer20Seconds;
        _places = new AdaptiveLimit(max, MinPlaces, step: Math.Max(1, max / 10), time);
        _time = time;
        _alarm = time.CreateTimer(_ => AdmitNext(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Somebody waits for a place.</summary>
    public bool HasLine
    {
        get
        {
            lock (_gate)
            {
                return _line.Count > 0;
            }
        }
    }

    /// <summary>Waits for a place; give it back by <see cref="Leave"/>.</summary>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter();
        lock (_gate)
        {
            if (HasPlace())
            {
                _unanswered++;
                return Task.CompletedTask;
            }

            _line.Enqueue(waiter);
            SetAlarm();
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Takes a place if there is one, and nobody waits for it.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            var hasPlace = HasPlace();
            _unanswered += hasPlace ? 1 : 0;
            return hasPlace;
        }
    }

    /// <summary>
    /// Takes a place ahead of the line, and one of the few beyond the configured number if need be; where these are taken, too, or Marketo
    /// has refused, it waits as others do.
    /// </summary>
    public Task EnterAheadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ForgetOld();
            if (TimeUntilOpen() == TimeSpan.Zero && Taken < Math.Min(_places.Now + PlacesForEnding, MaxPlaces))
            {
                _unanswered++;
                return Task.CompletedTask;
            }
        }

        return EnterAsync(cancellationToken);
    }

    /// <summary>The call was answered, or given up: its place comes back in 20 s.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _unanswered--;
            _answeredAt.Enqueue(_time.GetTimestamp());
            SetAlarm();
        }
    }

    /// <summary>Marketo had too many calls, ours and others': halves ours, and lets nobody send for a while.</summary>
    /// <param name="sentAt">When the refused call was sent.</param>
    /// <param name="pause">How long nobody sends.</param>
    public void Throttled(long sentAt, TimeSpan pause)
    {
        lock (_gate)
        {
            _places.Throttled(sentAt, pause);
            if (pause > TimeUntilOpen())
            {
                (_closedFrom, _closedFor) = (_time.GetTimestamp(), pause);
                SetAlarm();
            }
        }
    }

    public void Dispose() => _alarm.Dispose();

    private int Taken => _unanswered + _answeredAt.Count;

    private bool HasPlace() => _line.Count == 0 && TimeUntilPlace() == TimeSpan.Zero;

    private void AdmitNext()
    {
        while (true)
        {
            Waiter next;
            lock (_gate)
            {
                if (_line.Count == 0 || TimeUntilPlace() != TimeSpan.Zero)
                {
                    SetAlarm();
                    return;
                }

                next = _line.Dequeue();
                _unanswered++;
            }

            if (!next.Admit())
            {
                lock (_gate)
                {
                    _unanswered--;
                }
            }
        }
    }

    private void SetAlarm()
    {
        if (_line.Count > 0)
        {
            _alarm.Change(TimeUntilPlace(), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Infinite while only an answer can free a place.</summary>
    private TimeSpan TimeUntilPlace()
    {
        ForgetOld();
        var open = TimeUntilOpen();
        if (Taken < _places.Now)
        {
            return open;
        }

        if (!_answeredAt.TryPeek(out var next))
        {
            return Timeout.InfiniteTimeSpan;
        }

        var place = RoundUp(Length - _time.GetElapsedTime(next));
        return place > open ? place : open;
    }

    private void ForgetOld()
    {
        while (_answeredAt.TryPeek(out var oldest) && _time.GetElapsedTime(oldest) >= Length)
        {
            _answeredAt.Dequeue();
        }
    }

    private TimeSpan TimeUntilOpen()
    {
        var left = _closedFor - _time.GetElapsedTime(_closedFrom);
        return left > TimeSpan.Zero ? RoundUp(left) : TimeSpan.Zero;
    }

    /// <summary>To whole milliseconds, which is what timers count in: rounded down, the alarm would ring early, again and again.</summary>
    private static TimeSpan RoundUp(TimeSpan duration) => TimeSpan.FromMilliseconds(Math.Ceiling(duration.TotalMilliseconds));
}
