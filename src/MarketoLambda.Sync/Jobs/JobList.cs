namespace MarketoLambda.Sync.Jobs;

/// <summary>The jobs a host knows.</summary>
public sealed class JobList(IReadOnlyList<SyncJob> all)
{
    public IReadOnlyList<SyncJob> All { get; } = all;

    /// <summary>The job of that name, in any casing; null when there is none.</summary>
    public SyncJob? Find(string apiName) => All.FirstOrDefault(job => job.Name.Equals(apiName, StringComparison.OrdinalIgnoreCase));
}
