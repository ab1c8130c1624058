using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Calls;

/// <summary>Lets so many calls be under way at once; the others wait in the order they came.</summary>
internal sealed class InFlightSlots(IOptions<MarketoOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _line = new();
    private int _free = options.Value.CallsInFlight;

    public Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter();
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            _line.Enqueue(waiter);
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Hands the slot to the next in line.</summary>
    public void Leave()
    {
        while (true)
        {
            Waiter? next;
            lock (_gate)
            {
                if (!_line.TryDequeue(out next))
                {
                    _free++;
                    return;
                }
            }

            if (next.Admit())
            {
                return;
            }
        }
    }
}
