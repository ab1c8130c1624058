namespace MarketoLambda.Testing;

/// <summary>
/// The clocks of one computer that may sleep: the one on the wall goes on with the world's time, the monotonic one and all timers stand
/// still.
/// </summary>
public sealed class HostClock(VirtualTime world) : TimeProvider
{
    private TimeSpan _slept;
    private DateTimeOffset? _asleepSince;
    private DateTimeOffset _wakesAt;

    /// <summary>A paused machine whose clock on the wall is not set right when it goes on: nothing on it tells that it slept.</summary>
    public bool IsWallFrozenToo { get; init; }

    /// <summary>
    /// Completes when the computer is awake. For one who waits: of several, .NET would let only one go on in this thread.
    /// </summary>
    public Task WakeAsync() => _asleepSince is null ? Task.CompletedTask : Task.Delay(_wakesAt - world.GetUtcNow(), world);

    public override long TimestampFrequency => world.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How long it has slept so far.</summary>
    public TimeSpan Slept => _slept + (_asleepSince is { } since ? world.GetUtcNow() - since : TimeSpan.Zero);

    public override long GetTimestamp() => world.GetTimestamp() - Slept.Ticks;

    public override DateTimeOffset GetUtcNow() => IsWallFrozenToo ? world.GetUtcNow() - Slept : world.GetUtcNow();

    /// <summary>Somebody closes the lid, from now on for so long.</summary>
    public void Sleep(TimeSpan duration)
    {
        if (_asleepSince is not null)
        {
            return;
        }

        (_asleepSince, _wakesAt) = (world.GetUtcNow(), world.GetUtcNow() + duration);
        world.CreateTimer(_ => Wake(), null, duration, Timeout.InfiniteTimeSpan);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        HostTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Wake() => (_slept, _asleepSince) = (Slept, null);

    /// <summary>In the world's time, until that moment of the monotonic clock.</summary>
    private TimeSpan Until(long timestamp)
    {
        var left = TimeSpan.FromTicks(Math.Max(0, timestamp - GetTimestamp()));
        return _asleepSince is null ? left : left + (_wakesAt - world.GetUtcNow());
    }

    private sealed class HostTimer : ITimer
    {
        private readonly HostClock _host;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private long _dueAt;

        public HostTimer(HostClock host, TimerCallback callback, object? state)
        {
            (_host, _callback, _state) = (host, callback, state);
            _timer = host.World.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }

            _dueAt = _host.GetTimestamp() + dueTime.Ticks;
            return _timer.Change(_host.Until(_dueAt), Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();

        private void Ring()
        {
            if (_host._asleepSince is not null || _host.GetTimestamp() < _dueAt)
            {
                _timer.Change(_host.Until(_dueAt), Timeout.InfiniteTimeSpan);
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            _callback(_state);
        }
    }

    private VirtualTime World => world;
}
