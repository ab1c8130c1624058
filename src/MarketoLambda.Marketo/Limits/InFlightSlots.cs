using MarketoLambda.Marketo.Settings;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Limits;

/// <summary>
/// Lets so many calls be under way at once; the others wait in the order they came. Fewer for a while after Marketo found them too many.
/// </summary>
internal sealed class InFlightSlots(IOptions<MarketoOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _line = new();
    private readonly AdaptiveLimit _limit = new(options.Value.CallsInFlight, min: 1, step: 1, time);
    private int _taken;

    public Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter();
        lock (_gate)
        {
            if (_line.Count == 0 && _taken < _limit.Now)
            {
                _taken++;
                return Task.CompletedTask;
            }

            _line.Enqueue(waiter);
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Gives the slot back, to the next in line if so many may be under way now.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _taken--;
        }

        while (NextInLine() is { } next)
        {
            if (!next.Admit())
            {
                lock (_gate)
                {
                    _taken--;
                }
            }
        }
    }

    /// <summary>Marketo had too many calls under way, ours and others': halves ours.</summary>
    /// <param name="sentAt">When the refused call was sent.</param>
    public void Throttled(long sentAt)
    {
        lock (_gate)
        {
            _limit.Throttled(sentAt, TimeSpan.Zero);
        }
    }

    /// <summary>Who may go on, with a slot taken; null when there is nobody or no slot.</summary>
    private Waiter? NextInLine()
    {
        lock (_gate)
        {
            if (_taken >= _limit.Now || !_line.TryDequeue(out var next))
            {
                return null;
            }

            _taken++;
            return next;
        }
    }
}
