using System.Runtime.CompilerServices;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Reads a job's rejects by their numbers, as many at a time as a call may ask for.</summary>
internal sealed class RejectPages(IRejectTable table, string job)
{
    public const int NumbersPerCall = 300;

    /// <summary>So often must an answer lack a record before it is believed to be gone.</summary>
    private const int MaxReads = 5;

    /// <summary>All that there are of these numbers, in their order.</summary>
    public async IAsyncEnumerable<RejectRow> ReadAsync(long from, long until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var first = from; first < until; first += NumbersPerCall)
        {
            foreach (var row in await table.ReadAsync(job, Numbers(first, Math.Min(until, first + NumbersPerCall)), cancellationToken))
            {
                yield return row;
            }
        }
    }

    /// <summary>Those of these numbers that are still there.</summary>
    /// <remarks>
    /// An answer that lacks records looks as if somebody had deleted them, and an older version might then be sent after theirs: so it is
    /// asked again for what is missing.
    /// </remarks>
    public async Task<IReadOnlyList<RejectRow>> ReadKnownAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        List<RejectRow> rows = [];
        foreach (var some in numbers.Chunk(NumbersPerCall))
        {
            HashSet<long> missing = [.. some];
            for (var tries = 0; missing.Count > 0 && tries < MaxReads; tries++)
            {
                var found = await table.ReadAsync(job, missing.Order(), cancellationToken);
                missing.ExceptWith(found.Select(row => row.Number));
                rows.AddRange(found);
            }
        }

        return [.. rows.OrderBy(row => row.Number)];
    }

    /// <summary>The first free number, where the state record does not know it: somebody has emptied it, or there is none yet.</summary>
    public async Task<long> FindEndAsync(CancellationToken cancellationToken)
    {
        for (long first = 1; ; first += NumbersPerCall)
        {
            if (await table.ReadAsync(job, Numbers(first, first + NumbersPerCall), cancellationToken) is not { Count: > 0 })
            {
                return first;
            }
        }
    }

    /// <summary>The numbers from the first to the one before the last.</summary>
    public static IEnumerable<long> Numbers(long from, long until) =>
        Enumerable.Range(0, (int)(until - from)).Select(offset => from + offset);
}
