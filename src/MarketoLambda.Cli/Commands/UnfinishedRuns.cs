using MarketoLambda.Cli.Hosting;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands;

/// <summary>A run that has not said how it ended: it is at work, or dead.</summary>
internal static class UnfinishedRuns
{
    /// <summary>The newest run of a job, where it has not said how it ended; null where it has, or there is none.</summary>
    public static async Task<RunRow?> FindAsync(LocalHost local, StateRecord state, CancellationToken cancellationToken)
    {
        var rows = await RecentRuns.ReadAsync(
            local.Get<RunStore>(), state.ApiName, state.LastRun?.Number ?? 0, count: 1, cancellationToken);
        return rows.FirstOrDefault(row =>
            row.Stage == RunStage.Claimed
            && (row.Outcome.Length == 0 || !row.IsOver(local.Time.GetUtcNow()))
            && !(state.LastRun is { EndedAt: not null } last && last.Number == row.Number));
    }

    /// <summary>
    /// The number that the process of a run had on this computer, where it is gone; null where it lives, or nobody here can tell.
    /// </summary>
    public static int? DeadProcessOf(LocalHost local, RunRow run) =>
        local.Get<ILeaseWitness>().Find(run) is LeaseHolder.Dead { ProcessId: var process } ? process : null;

    /// <summary>The same of the run that keeps a job busy. It is a help alone: a Marketo that does not answer is no failure.</summary>
    public static async Task<int?> FindDeadProcessAsync(LocalHost local, string job, CancellationToken cancellationToken)
    {
        try
        {
            return await local.Get<StateStore>().FindAsync(job, cancellationToken) is { } state
                && await FindAsync(local, state, cancellationToken) is { } run
                    ? DeadProcessOf(local, run)
                    : null;
        }
        catch (MarketoException)
        {
            return null;
        }
    }
}
