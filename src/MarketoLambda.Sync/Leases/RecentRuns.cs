namespace MarketoLambda.Sync.Leases;

/// <summary>The newest runs of a job, for people: also those of which the state record says nothing, because they died.</summary>
public static class RecentRuns
{
    /// <summary>Rows asked for at once beyond the one that the state record names.</summary>
    private const int Stride = 20;

    /// <summary>Newest first.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="job">The job, as Marketo writes its name.</param>
    /// <param name="known">Number of the run that the state record names; 0 for none.</param>
    /// <param name="count">How many at most, from 1.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="State.Tables.StateException">The object is missing or cannot be used.</exception>
    public static async Task<IReadOnlyList<RunRow>> ReadAsync(
        RunStore store,
        string job,
        long known,
        int count,
        CancellationToken cancellationToken)
    {
        List<RunRow> rows = [];
        var (first, last) = (Math.Max(1, known - count + 1), known + Stride);
        while (true)
        {
            var view = await store.ReadAsync(job, Numbers(first, last), cancellationToken);
            rows.AddRange(view.Rows);
            if (view.RowsOf(last).Count == 0 && view.Floor.Number <= last)
            {
                return [.. rows.OrderByDescending(row => row.Number).Take(count)];
            }

            first = Math.Max(last + 1, view.Floor.Number); // somebody may have emptied the record's run number
            last = first + Stride - 1;
        }
    }

    private static IEnumerable<long> Numbers(long first, long last) =>
        Enumerable.Range(0, (int)(last - first + 1)).Select(offset => first + offset);
}
