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

        var newest = await UnfinishedRuns.FindAsync(local, state, cancellationToken);
        return await WithNewestFileAsync(
            status with
            {
                Changed = state.ChangeOf(job),
                Position = job.Source.DescribePosition(state.Checkpoint),
                Running = newest is not null && !newest.IsOver(now) ? Unfinished(local, newest, state) : null,
                Dead = newest is not null && newest.IsOver(now) ? Unfinished(local, newest, state) : null,
            },
            job,
            cancellationToken);
    }

    private static UnfinishedRun Unfinished(LocalHost local, RunRow row, StateRecord state) => new(
        row.Number,
        row.Kind,
        row.StartedAt ?? row.CreatedAt,
        row.LeaseEnd,
        state.LastRun is { } last && last.Number == row.Number ? last.Records : null,
        UnfinishedRuns.DeadProcessOf(local, row));

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
