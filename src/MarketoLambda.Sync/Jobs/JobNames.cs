namespace MarketoLambda.Sync.Jobs;

/// <summary>The names of the jobs, for a host that runs none: it needs no connection to any source.</summary>
public sealed class JobNames(IReadOnlyList<string> all)
{
    /// <summary>The job's name as the job file writes it; null when there is none of that name, in any casing.</summary>
    public string? Find(string apiName) => all.FirstOrDefault(name => name.Equals(apiName, StringComparison.OrdinalIgnoreCase));
}
