namespace MarketoLambda.Marketo.Calls;

/// <summary>What must hold before each write of a piece of work is sent, however long it waited for its turn or its next try.</summary>
/// <remarks>It follows the flow of the work it was set for, so that of two at once in one process each has its own.</remarks>
public static class WriteGuard
{
    private static readonly AsyncLocal<Action?> Current = new();

    /// <summary>From now on, until it is disposed, every write of this flow asks first.</summary>
    /// <param name="check">Throws where the write must not be sent.</param>
    public static IDisposable Enter(Action check)
    {
        Scope scope = new(Current.Value);
        Current.Value = check;
        return scope;
    }

    internal static void Check() => Current.Value?.Invoke();

    private sealed class Scope(Action? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
