using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Limits;
using MarketoLambda.Marketo.Telemetry;

namespace MarketoLambda.Marketo.Pipeline;

/// <summary>When a call may be sent: its place in the rate window, and what a <see cref="StopRequest"/> does to those that wait.</summary>
internal sealed class CallTurns(RateWindow window, TimeProvider time)
{
    /// <summary>Waits for a place; the window must get it back.</summary>
    /// <exception cref="CallNotSentException">Somebody asked to stop, and nothing of the call was sent yet.</exception>
    public async Task TakeAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (!await EndsInTimeAsync(window.EnterAsync, cancellationToken))
        {
            ThrowIfGivenUp(context, unlessTaken: window.TryEnter, out var isTaken);
            if (!isTaken)
            {
                await WaitAsync(window.EnterAheadAsync(cancellationToken));
            }
        }
    }

    /// <summary>Waits because Marketo has refused.</summary>
    /// <exception cref="CallNotSentException">Somebody asked to stop, and nothing of the call was taken yet.</exception>
    public async Task PauseAsync(CallContext context, TimeSpan delay, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        if (!await EndsInTimeAsync(token => time.PauseAsync(delay, token), cancellationToken))
        {
            ThrowIfGivenUp(context, unlessTaken: () => false, out _);
            var left = delay - time.GetElapsedTime(begun);
            await WaitAsync(left > TimeSpan.Zero ? time.PauseAsync(left, cancellationToken) : Task.CompletedTask);
        }
    }

    /// <summary>A call that may have been taken is tried on: its outcome has to be known.</summary>
    private static void ThrowIfGivenUp(CallContext context, Func<bool> unlessTaken, out bool isTaken)
    {
        isTaken = unlessTaken();
        if (!isTaken && context.Tries == 0 && (StopRequest.MayWaitForNextRun || context.Purpose != CallPurpose.State))
        {
            throw new CallNotSentException();
        }
    }

    /// <summary>False where somebody asked to stop before.</summary>
    private async Task<bool> EndsInTimeAsync(Func<CancellationToken, Task> wait, CancellationToken cancellationToken)
    {
        var stopRequested = StopRequest.Token;
        if (stopRequested.IsCancellationRequested)
        {
            return false;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopRequested, cancellationToken);
        try
        {
            await WaitAsync(wait(either.Token));
            return true;
        }
        catch (OperationCanceledException) when (stopRequested.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Task WaitAsync(Task waiting) =>
        waiting.IsCompletedSuccessfully ? waiting : Waits.WaitAsync(waiting, WaitReason.RateLimit, time);
}
