namespace MarketoLambda.Marketo.Calls;

/// <summary>
/// Somebody waits for a piece of work to end: from then on its imported records that wait for their turn at Marketo's limit are not sent
/// any more, and the program's own records take their turn ahead of others.
/// </summary>
/// <remarks>It follows the flow of the work it was set for, as <see cref="WriteGuard"/> does. What was sent is not given up.</remarks>
public static class StopRequest
{
    private static readonly AsyncLocal<Wish> Current = new();

    internal static CancellationToken Token => Current.Value.Token;

    /// <summary>All that this flow calls for can be done later.</summary>
    internal static bool MayWaitForNextRun => Current.Value.IsForRecords;

    /// <summary>From now on, until it is disposed, every call of this flow heeds it.</summary>
    /// <param name="stopRequested">Says that somebody waits.</param>
    public static IDisposable Enter(CancellationToken stopRequested) => Enter(new Wish(IsForRecords: false, stopRequested));

    /// <summary>From now on, until it is disposed, the calls of this flow, also those that read, are part of sending records.</summary>
    public static IDisposable EnterRecords() => Enter(Current.Value with { IsForRecords = true });

    private static Scope Enter(Wish wish)
    {
        Scope scope = new(Current.Value);
        Current.Value = wish;
        return scope;
    }

    private readonly record struct Wish(bool IsForRecords, CancellationToken Token);

    private sealed class Scope(Wish before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}

/// <summary>The call was given up before anything of it was sent.</summary>
internal sealed class CallNotSentException() : OperationCanceledException("The call waited for its turn when somebody asked to stop.");
