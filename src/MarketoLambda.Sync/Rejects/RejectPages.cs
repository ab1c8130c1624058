using System.Runtime.CompilerServices;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Reads a job's rejects by their numbers, as many at a time as a call may ask for.</summary>
internal sealed class RejectPages(RejectLedger ledger, string job)
{
    public const int NumbersPerCall = 300;

    /// <summary>All that there are of these numbers, in their order.</summary>
    public async IAsyncEnumerable<RejectRow> ReadAsync(long from, long until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var first = from; first < until; first += NumbersPerCall)
        {
            foreach (var row in await ledger.ReadAsync(job, Numbers(first, Math.Min(until, first + NumbersPerCall)), cancellationToken))
            {
                yield return row;
            }
        }
    }

    /// <summary>The first free number, where the state record does not know it: somebody has emptied it, or there is none yet.</summary>
    public async Task<long> FindEndAsync(CancellationToken cancellationToken)
    {
        for (long first = 1; ; first += NumbersPerCall)
        {
            if (await ledger.ReadAsync(job, Numbers(first, first + NumbersPerCall), cancellationToken) is not { Count: > 0 })
            {
                return first;
            }
        }
    }

    private static IEnumerable<long> Numbers(long from, long until) => Enumerable.Range(0, (int)(until - from)).Select(offset => from + offset);
}
