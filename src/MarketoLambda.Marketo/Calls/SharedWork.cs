using System.Diagnostics.CodeAnalysis;

namespace MarketoLambda.Marketo.Calls;

/// <summary>
/// Work of which one run at a time is shared by all who ask for it meanwhile; who gives up does not stop it for the others.
/// </summary>
/// <remarks>Each who waits has a task of its own: of several continuations of one task, .NET runs only one inline.</remarks>
internal sealed class SharedWork<T>(Func<Task<T>> work)
{
    private readonly Lock _gate = new();
    private List<TaskCompletionSource<T>>? _waiting;

    public async Task<T> JoinAsync(CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource<T>();
        bool isFirst;
        lock (_gate)
        {
            isFirst = _waiting is null;
            (_waiting ??= []).Add(mine);
        }

        if (isFirst)
        {
            _ = RunAsync();
        }

        using var giveUp = cancellationToken.UnsafeRegister(
            (waiting, token) => (waiting as TaskCompletionSource<T>)?.TrySetCanceled(token),
            mine);
        return await mine.Task;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The exception reaches everyone who joined.")]
    private async Task RunAsync()
    {
        T result;
        try
        {
            result = await work();
        }
        catch (Exception e)
        {
            Close().ForEach(waiting => waiting.TrySetException(e));
            return;
        }

        Close().ForEach(waiting => waiting.TrySetResult(result));
    }

    private List<TaskCompletionSource<T>> Close()
    {
        lock (_gate)
        {
            var all = _waiting ?? [];
            _waiting = null;
            return all;
        }
    }
}
