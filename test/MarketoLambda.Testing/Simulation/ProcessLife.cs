namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// Whether a simulated process is alive. One that was killed hears and does nothing any more: whatever it still waits for never comes.
/// </summary>
/// <remarks>
/// A real process takes its memory with it. A simulated one is left where it waits, and everything through which it could touch
/// the world (network, reject store, alerts) goes through here first.
/// </remarks>
public sealed class ProcessLife
{
    private readonly TaskCompletionSource _end = new();

    /// <summary>
    /// Completes when the process is killed. For one who waits: of several, .NET would let only one go on in this thread.
    /// </summary>
    public Task End => _end.Task;

    public bool IsOver => _end.Task.IsCompleted;

    public void Kill() => _end.TrySetResult();

    /// <summary>The clocks of its host; null where that never sleeps.</summary>
    public HostClock? Clock { get; init; }

    /// <summary>Something that happens when the host has fallen asleep.</summary>
    public Action<TimeSpan>? FallenAsleep { get; init; }

    /// <summary>The host falls asleep.</summary>
    public void Sleep(TimeSpan duration)
    {
        Clock?.Sleep(duration);
        FallenAsleep?.Invoke(duration);
    }

    /// <summary>Hands on what the work gave, if anyone is alive and awake to hear it.</summary>
    public async Task<T> HearAsync<T>(Task<T> work)
    {
        try
        {
            var answer = await WhenAwakeAsync(work);
            return IsOver ? await NeverAsync<T>() : answer;
        }
#pragma warning disable CA1031 // the dead hear nothing, failures included
        catch when (IsOver)
#pragma warning restore CA1031
        {
            return await NeverAsync<T>();
        }
    }

    private async Task<T> WhenAwakeAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        finally
        {
            await (Clock?.WakeAsync() ?? Task.CompletedTask);
        }
    }

    /// <summary>An answer that nobody will hear.</summary>
    public static Task<T> NeverAsync<T>() => new TaskCompletionSource<T>().Task;
}
