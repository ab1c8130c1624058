using MarketoLambda.Marketo.Limits;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Waiting for time to pass.</summary>
internal static class Pauses
{
    /// <summary>
    /// Like <c>Task.Delay</c>, which on cancellation goes on in another thread (measured on .NET 10); this one stays, as
    /// simulations need it. Never ends early: timers count whole milliseconds, so it rounds up.
    /// </summary>
    public static async Task PauseAsync(this TimeProvider time, TimeSpan duration, CancellationToken cancellationToken)
    {
        var waiter = new Waiter();
        using var timer = time.CreateTimer(
            _ => waiter.Admit(),
            null,
            TimeSpan.FromMilliseconds(Math.Ceiling(duration.TotalMilliseconds)),
            Timeout.InfiniteTimeSpan);
        await waiter.WaitAsync(cancellationToken);
    }
}
