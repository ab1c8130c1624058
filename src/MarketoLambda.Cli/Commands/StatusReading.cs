using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Commands;

/// <summary>Gathers what Marketo, the source and this computer know of a job. Only reads.</summary>
internal static class StatusReading
{
    public static async Task<JobStatus> ReadAsync(LocalHost local, SyncJob job, CancellationToken cancellationToken)
    {
        var state = await local.Get<StateStore>().FindAsync(job.Name, cancellationToken);
        var now = local.Time.GetUtcNow();
        long? lag = state?.Checkpoint.Mark is { } mark ? (long)(now - mark).TotalSeconds : null;
        JobStatus status = new(job.Name, lag, state)
        {
            LastCheck = local.Checks.Find(job.Name),
            RetryHours = job.RetryRejectsFor.TotalHours,
        };
        if (state is null)
        {
            return status;
        }

        var newest = await NewestRunAsync(local, state, cancellationToken);
        return await WithNewestFileAsync(
            status with
            {
                Changed = state.ChangeOf(job),
                Position = job.Source.DescribePosition(state.Checkpoint),
                Running = newest is not null && !newest.IsOver(now) ? Unfinished(newest, state) : null,
                Dead = newest is not null && newest.IsOver(now) ? Unfinished(newest, state) : null,
            },
            job,
            cancellationToken);
    }

    /// <summary>The newest run, where it has not said how it ended.</summary>
    private static async Task<RunRow?> NewestRunAsync(LocalHost local, StateRecord state, CancellationToken cancellationToken)
    {
        var rows = await RecentRuns.ReadAsync(
            local.Get<RunStore>(), state.ApiName, state.LastRun?.Number ?? 0, count: 1, cancellationToken);
        return rows.FirstOrDefault(row =>
            row.Stage == RunStage.Claimed
            && (row.Outcome.Length == 0 || !row.IsOver(local.Time.GetUtcNow()))
            && !(state.LastRun is { EndedAt: not null } last && last.Number == row.Number));
    }

    private static UnfinishedRun Unfinished(RunRow row, StateRecord state) => new(
        row.Number,
        row.Kind,
        row.StartedAt ?? row.CreatedAt,
        row.LeaseEnd,
        state.LastRun is { } last && last.Number == row.Number ? last.Records : null);

    private static async Task<JobStatus> WithNewestFileAsync(JobStatus status, SyncJob job, CancellationToken cancellationToken)
    {
        try
        {
            return job.Source is IFileSource files
                ? status with { NewestFile = await files.FindNewestAsync(cancellationToken) }
                : status;
        }
        catch (SourceException failure)
        {
            return status with { NewestFileError = failure.Message };
        }
    }
}
