namespace MarketoLambda.Sync.Runs;

/// <summary>How long a run may still begin things, and how long it may wait for them.</summary>
/// <remarks>A Lambda function is cut off at its time-out without a word; a person at a desk presses Ctrl-C.</remarks>
public sealed class RunDeadline
{
    private static readonly TimeSpan ReserveForReading = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReserveForCommit = TimeSpan.FromSeconds(15);

    /// <summary>.NET refuses timers above 49 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _end;
    private readonly CancellationToken _stopRequested;

    /// <param name="time">The clock.</param>
    /// <param name="limit">Time from now until the run is cut off; null for no limit.</param>
    /// <param name="stopRequested">Someone asks to stop soon: what is on its way is finished, nothing new is begun.</param>
    public RunDeadline(TimeProvider time, TimeSpan? limit, CancellationToken stopRequested)
    {
        _time = time;
        _end = limit is { } left ? time.GetUtcNow() + left : DateTimeOffset.MaxValue;
        _stopRequested = stopRequested;
    }

    /// <summary>Someone asked to stop.</summary>
    public bool IsStopRequested => _stopRequested.IsCancellationRequested;

    /// <summary>Less than 60 s are left: read nothing more, finish what is on its way.</summary>
    public bool IsNear => _end - _time.GetUtcNow() < ReserveForReading;

    /// <summary>Something that takes so long may be begun: it ends while sending is still possible, and nobody asked to stop.</summary>
    public bool HasRoomFor(TimeSpan duration) => !IsStopRequested && _end - ReserveForReading - _time.GetUtcNow() >= duration;

    /// <summary>Waits until that instant, if it is still to come.</summary>
    public async Task WaitUntilAsync(DateTimeOffset? instant, CancellationToken cancellationToken)
    {
        var left = instant - _time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left.Value, _time, CancellationToken.None).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends all sending 15 s before the end, so that the last checkpoint still fits.</summary>
    public CancellationTokenSource CreateCutOff()
    {
        var left = _end - ReserveForCommit - _time.GetUtcNow();
        return new(left > LongestTimer ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Max(0, left.Ticks)), _time);
    }
}
