using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Telemetry;

namespace MarketoLambda.Sync.Leases;

/// <summary>How long a run may still begin things, and how long it may wait for them. Every run has one: its lease ends with it.</summary>
/// <remarks>A Lambda function is cut off at its time-out without a word; a person at a terminal presses Ctrl-C.</remarks>
public sealed class RunDeadline
{
    /// <summary>What a run gets that has no limit of its own.</summary>
    public static readonly TimeSpan MaxLength = TimeSpan.FromHours(12);

    private static readonly TimeSpan ReserveForReading = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan ReserveForEnding = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan ReserveForAlert = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _end;
    private readonly TimeSpan _length;
    private readonly long _begunAt;
    private readonly CancellationToken _stopRequested;

    /// <param name="time">The clock.</param>
    /// <param name="limit">Time from now until the run is cut off; null for <see cref="MaxLength"/>.</param>
    /// <param name="stopRequested">Someone asks to stop soon: what is on its way is finished, nothing new is begun.</param>
    public RunDeadline(TimeProvider time, TimeSpan? limit, CancellationToken stopRequested)
    {
        _time = time;
        _length = limit is { } left && left < MaxLength ? left : MaxLength;
        (_end, _begunAt) = (time.GetUtcNow() + _length, time.GetTimestamp());
        _stopRequested = stopRequested;
    }

    /// <summary>Someone asks to stop.</summary>
    public CancellationToken StopRequested => _stopRequested;

    /// <summary>Someone asked to stop.</summary>
    public bool IsStopRequested => _stopRequested.IsCancellationRequested;

    /// <summary>Time left, by the clock that is further on: one of them may have stood still or been set back. Never below zero.</summary>
    public TimeSpan Remaining =>
        TimeSpan.FromTicks(Math.Max(0, Math.Min((_end - _time.GetUtcNow()).Ticks, (_length - _time.GetElapsedTime(_begunAt)).Ticks)));

    /// <summary>Less than 75 s are left: read nothing more, finish what is on its way.</summary>
    public bool IsNear => Remaining < ReserveForReading;

    /// <summary>That moment leaves time for the writes that end a run.</summary>
    public bool Allows(DateTimeOffset moment) => moment <= _end - ReserveForEnding;

    /// <summary>Ends all sending 45 s before the end, so that the last checkpoint and the end of the lease still fit.</summary>
    public CancellationTokenSource CreateCutOff() => EndingBefore(ReserveForEnding);

    /// <summary>
    /// Ends the probe of a source, and the wait for the lease, in time to record a failure or to alert: 45 s before the end, or after half
    /// of what is left.
    /// </summary>
    public CancellationTokenSource CreateBeginCutOff() =>
        EndingBefore(TimeSpan.FromTicks(Math.Min(ReserveForEnding.Ticks, Remaining.Ticks / 2)));

    /// <summary>Ends the writes that end a run 10 s before the end, so that an alert still fits.</summary>
    public CancellationTokenSource CreateLastCall() => EndingBefore(ReserveForAlert);

    private CancellationTokenSource EndingBefore(TimeSpan reserve) =>
        new(TimeSpan.FromTicks(Math.Max(0, (Remaining - reserve).Ticks)), _time);

    /// <summary>Something that takes so long may be begun: it ends while sending is still possible, and nobody asked to stop.</summary>
    public bool HasRoomFor(TimeSpan duration) => !IsStopRequested && Remaining - ReserveForReading >= duration;

    /// <summary>Waits until that instant, if it is still to come.</summary>
    public async Task WaitUntilAsync(DateTimeOffset? instant, CancellationToken cancellationToken)
    {
        var left = instant - _time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Waits.WaitAsync(_time.PauseAsync(left.Value, cancellationToken), WaitReason.HoldOff, _time);
        }
    }
}
