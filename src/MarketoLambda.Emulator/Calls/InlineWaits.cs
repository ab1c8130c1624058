namespace MarketoLambda.Emulator.Calls;

/// <summary>
/// Waiting that goes on in the very thread that moves the clock or cancels, so that a simulation on one thread stays on it.
/// </summary>
/// <remarks><c>Task.Delay</c> and <c>Task.WaitAsync</c> hop to the thread pool when they are cancelled.</remarks>
internal static class InlineWaits
{
    /// <param name="wait">Zero or less: not at all; infinite: until cancelled.</param>
    public static async Task WaitAsync(this TimeProvider time, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan)
        {
            return;
        }

        var done = new TaskCompletionSource();
        await using var timer = time.CreateTimer(_ => done.TrySetResult(), null, wait, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        await done.Task;
    }

    /// <summary>The result, or cancellation as soon as the token is cancelled; the work goes on either way.</summary>
    public static async Task<T> OrLeaveAsync<T>(this Task<T> work, CancellationToken cancellationToken)
    {
        var left = new TaskCompletionSource<T>();
        using var registration = cancellationToken.Register(() => left.TrySetCanceled(cancellationToken));
        return await await Task.WhenAny(work, left.Task);
    }
}
