namespace MarketoLambda.Emulator;

/// <summary>A clock that starts now, runs <paramref name="factor"/> times as fast as another and can be pushed ahead.</summary>
/// <param name="factor">How much faster; above zero. With 60, a quota day takes 24 minutes.</param>
/// <param name="origin">The clock that drives this one.</param>
public sealed class AcceleratedTime(double factor, TimeProvider origin) : TimeProvider
{
    private readonly DateTimeOffset _start = origin.GetUtcNow();
    private readonly long _startTimestamp = origin.GetTimestamp();
    private long _advancedTicks;

    public override TimeZoneInfo LocalTimeZone => origin.LocalTimeZone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(GetTimestamp());

    public override long GetTimestamp() =>
        (long)(origin.GetElapsedTime(_startTimestamp).Ticks * factor) + Interlocked.Read(ref _advancedTicks);

    /// <summary>Pushes the clock ahead at once. Timers that already run keep the time they had left.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _advancedTicks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new AcceleratedTimer(this, origin.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)));

    private TimeSpan Shorten(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / factor;

    private sealed class AcceleratedTimer(AcceleratedTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Shorten(dueTime), time.Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
