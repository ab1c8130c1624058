
namespace MarketoLambda.Marketo.Limits;

/// <summary>One caller in a line.</summary>
/// <remarks>
/// Its continuation runs inline, inside <see cref="Admit"/>: call that outside of any lock. Simulations rely on it, since
/// nothing but a timer may move work to another thread there.
/// </remarks>
internal sealed class Waiter
{
    private readonly TaskCompletionSource _admitted = new();

    /// <summary>False when the caller has given up meanwhile.</summary>
    public bool Admit() => _admitted.TrySetResult();

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var giveUp = cancellationToken.UnsafeRegister(
            (admitted, token) => (admitted as TaskCompletionSource)?.TrySetCanceled(token),
            _admitted);
        await _admitted.Task;
    }
}
