namespace MarketoLambda.Sync.Leases;

/// <summary>Deletes old run records, under a lease, so that never two do it at once.</summary>
/// <remarks>
/// First the floor is raised and acknowledged, then rows below it are deleted, oldest first: a slow starter that takes a number whose
/// row was deleted sees the floor above it. The floor stays at or below the run the state record names, so the way to the newest row is
/// never cut.
/// </remarks>
public sealed class RunPruning(RunStore store, TimeProvider time)
{
    /// <summary>How long a run is remembered.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(30);

    /// <summary>Every so many runs, at most so many rows are deleted: a call's worth.</summary>
    private const int Often = 100;
    private const int Max = 290;

    /// <summary>Prunes when it is time.</summary>
    public async Task PruneIfDueAsync(Lease lease, CancellationToken cancellationToken)
    {
        if (lease.Row.Number % Often != 0)
        {
            return;
        }

        var (job, floor) = (lease.Row.Job, lease.Floor.Number);
        var highest = Math.Min(lease.Before.LastRunNumber, lease.Row.Number - Often);
        var first = Math.Max(1, floor - Often); // rows that a crash left below the floor
        var view = await store.ReadAsync(
            job,
            Enumerable.Range(0, Max).Select(offset => first + offset).Where(number => number < highest),
            cancellationToken);
        var now = time.GetUtcNow();
        var old = view.Rows.TakeWhile(row => row.CreatedAt < now - Age && row.IsOver(now)).ToList();
        if (old.Count == 0)
        {
            return;
        }

        var raised = Math.Max(floor, old[^1].Number + 1);
        if (raised > floor)
        {
            await store.RaiseFloorAsync(job, lease.Floor.MarketoGuid, raised, cancellationToken);
        }

        await store.DeleteAsync(old, cancellationToken);
    }
}
