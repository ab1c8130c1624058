using MarketoLambda.Marketo.Limits;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Waiting for time to pass.</summary>
public static class Pauses
{
    /// <summary>
    /// Like <c>Task.Delay</c>, which on cancellation goes on in another thread (measured on .NET 10); this one stays, as
    /// simulations need it. Never ends early: timers count whole milliseconds, so it rounds up. A duration that is not above zero is
    /// over at once.
    /// </summary>
    public static async Task PauseAsync(this TimeProvider time, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        var waiter = new Waiter();
        using var timer = time.CreateTimer(
            _ => waiter.Admit(),
            null,
            TimeSpan.FromMilliseconds(Math.Ceiling(duration.TotalMilliseconds)),
            Timeout.InfiniteTimeSpan);
        await waiter.WaitAsync(cancellationToken);
    }
}
