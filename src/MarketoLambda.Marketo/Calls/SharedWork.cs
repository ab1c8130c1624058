using System.Diagnostics.CodeAnalysis;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Work of which one run at a time is shared by all who ask for it meanwhile; who gives up does not stop it for the others.</summary>
internal sealed class SharedWork<T>(Func<Task<T>> work)
{
    private readonly Lock _gate = new();
    private Task<T>? _underWay;

    public Task<T> JoinAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> mine;
        lock (_gate)
        {
            if (_underWay is { } others)
            {
                return others.WaitAsync(cancellationToken);
            }

            mine = new TaskCompletionSource<T>();
            _underWay = mine.Task;
        }

        _ = RunAsync(mine);
        return mine.Task.WaitAsync(cancellationToken);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The exception reaches everyone who joined.")]
    private async Task RunAsync(TaskCompletionSource<T> mine)
    {
        try
        {
            var result = await work();
            Close();
            mine.SetResult(result);
        }
        catch (Exception e)
        {
            Close();
            mine.SetException(e);
            _ = mine.Task.Exception; // Observed, even when everyone has given up.
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            _underWay = null;
        }
    }
}
