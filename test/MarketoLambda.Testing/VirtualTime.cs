namespace MarketoLambda.Testing;

/// <summary>Time that passes only when there is nothing else to do: hours of waiting in microseconds, the same way in every run.</summary>
/// <remarks>
/// Single-threaded. Timers fire on the thread of <see cref="Run"/> or <see cref="Advance"/>, in the order they are due and, at the same
/// instant, in the order they were set. So a story must wait for nothing but timers of this time and for what these set off. Beware of
/// <c>Task.Delay</c> with a cancellation token: when cancelled, it goes on in another thread; <c>Task.Delay(…, time).WaitAsync(token)</c>
/// does not.
/// </remarks>
public sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, int Setting), (long DueTicks, long Order)> _timers = new();
    private readonly DateTimeOffset _start;
    private long _elapsedTicks;
    private long _order;
    private int? _thread;

    /// <summary>Starts at a date on which nothing special happens.</summary>
    public VirtualTime() : this(new DateTimeOffset(2026, 11, 4, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public VirtualTime(DateTimeOffset start) => _start = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Time passed since the start.</summary>
    public TimeSpan Elapsed => new(_elapsedTicks);

    public override long GetTimestamp() => _elapsedTicks;

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(_elapsedTicks);

    /// <summary>Tells the story to its end; whenever it waits, time jumps to the next timer.</summary>
    /// <param name="story">Awaits only what depends on this time.</param>
    /// <param name="within">Most virtual time it may take; a year when left out.</param>
    /// <exception cref="InvalidOperationException">
    /// The story waits, and no timer is left that could end it; or it takes too long.
    /// </exception>
    public void Run(Func<Task> story, TimeSpan? within = null) =>
        OnThisThread(() =>
        {
            var latest = _elapsedTicks + (within ?? TimeSpan.FromDays(365)).Ticks;
            var told = story();
            while (!told.IsCompleted)
            {
                if (!TryPeek(out var dueTicks))
                {
                    throw new InvalidOperationException(
                        $"Nothing is left to wait for at {GetUtcNow():u}: the story waits for something that no timer of this virtual time "
                            + "sets off, such as another thread or a lock."
                    );
                }

                if (dueTicks > latest)
                {
                    throw new InvalidOperationException(
                        $"The story is not over after {within ?? TimeSpan.FromDays(365)} of virtual time, at {GetUtcNow():u}.");
                }

                FireNext();
            }

            told.GetAwaiter().GetResult();
        });

    /// <summary>Lets that much time pass, and everything happen that is due in it.</summary>
    public void Advance(TimeSpan duration) =>
        OnThisThread(() =>
        {
            var until = _elapsedTicks + duration.Ticks;
            while (TryPeek(out var dueTicks) && dueTicks <= until)
            {
                FireNext();
            }

            _elapsedTicks = until;
        });

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Without a synchronization context, so that continuations run inline instead of being posted away.</summary>
    private void OnThisThread(Action action)
    {
        var (context, thread) = (SynchronizationContext.Current, _thread);
        SynchronizationContext.SetSynchronizationContext(null);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            action();
        }
        finally
        {
            _thread = thread;
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private bool TryPeek(out long dueTicks)
    {
        while (_timers.TryPeek(out var next, out var priority))
        {
            if (next.Timer.IsSetTo(next.Setting))
            {
                dueTicks = priority.DueTicks;
                return true;
            }

            _timers.Dequeue();
        }

        dueTicks = 0;
        return false;
    }

    private void FireNext()
    {
        _timers.TryDequeue(out var next, out var priority);
        _elapsedTicks = Math.Max(_elapsedTicks, priority.DueTicks);
        next.Timer.Fire();
    }

    private void Schedule(VirtualTimer timer, int setting, TimeSpan dueTime)
    {
        if (_thread is { } thread && thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                "A timer was set from another thread: something in the story left the single thread of this virtual time.");
        }

        _timers.Enqueue((timer, setting), (_elapsedTicks + dueTime.Ticks, _order++));
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private int _setting;
        private bool _isSet;
        private bool _isDisposed;

        public bool IsSetTo(int setting) => _isSet && setting == _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed)
            {
                return false;
            }

            _setting++;
            _period = period;
            _isSet = dueTime != Timeout.InfiniteTimeSpan;
            if (_isSet)
            {
                time.Schedule(this, _setting, dueTime);
            }

            return true;
        }

        public void Fire()
        {
            _isSet = false;
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback(state);
        }

        public void Dispose() => (_isDisposed, _isSet) = (true, false);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
