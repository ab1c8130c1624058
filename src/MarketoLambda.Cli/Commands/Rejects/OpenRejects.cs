using MarketoLambda.Cli.Hosting;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary>Reads the rejects of a job from Marketo.</summary>
/// <remarks>They are kept under the name that Marketo gives the object, whatever the casing of the job's.</remarks>
internal static class OpenRejects
{
    private const int NumbersPerCall = 300;

    /// <summary>All that are not over, newest first.</summary>
    public static async Task<IReadOnlyList<RejectRow>> ReadAsync(LocalHost local, string job)
    {
        var state = await local.Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        return await ReadAsync(local, state, row => !row.IsOver, int.MaxValue);
    }

    /// <summary>The newest that are wanted, newest first.</summary>
    /// <param name="local">Where they are.</param>
    /// <param name="state">The job's state.</param>
    /// <param name="isWanted">Which.</param>
    /// <param name="count">How many at most.</param>
    public static async Task<IReadOnlyList<RejectRow>> ReadAsync(
        LocalHost local,
        StateRecord state,
        Predicate<RejectRow> isWanted,
        int count)
    {
        List<RejectRow> rows = [];
        var (lowest, next) = (state.Rejects?.Lowest ?? 1, state.Rejects?.Next ?? 1);
        for (var until = next; until > lowest && rows.Count < count; until -= NumbersPerCall)
        {
            var from = Math.Max(lowest, until - NumbersPerCall);
            var read = await ReadAsync(local, state.ApiName, Enumerable.Range(0, (int)(until - from)).Select(offset => from + offset));
            rows.AddRange(read.Reverse().Where(row => isWanted(row)));
        }

        return [.. rows.Take(count)];
    }

    /// <summary>Those of these numbers, by number.</summary>
    public static async Task<IReadOnlyList<RejectRow>> ReadAsync(LocalHost local, string apiName, IEnumerable<long> numbers) =>
        await local.Get<RejectTable>().ReadAsync(apiName, numbers, StopSignals.StopRequested);
}
