namespace MarketoLambda.Cli.Watching;

/// <summary>The jobs that are watched, as the job file has them now.</summary>
/// <param name="jobs">As they are at the start, in the order in which they run where several are due.</param>
/// <param name="readChanged">The jobs of a job file that has changed since it was asked last; null where it has not.</param>
internal sealed class WatchedJobs(IReadOnlyList<WatchedJob> jobs, Func<IReadOnlyList<WatchedJob>?> readChanged)
{
    private volatile IReadOnlyList<WatchedJob> _all = jobs;

    public IReadOnlyList<WatchedJob> All => _all;

    /// <summary>Takes a changed job file over. What is known of a job stays known.</summary>
    /// <returns>True where it has changed.</returns>
    public bool Refresh()
    {
        if (readChanged() is not { } changed)
        {
            return false;
        }

        foreach (var job in changed)
        {
            if (Find(job.Job.Name) is { } before)
            {
                job.Remember(before);
            }
        }

        _all = changed;
        return true;
    }

    /// <summary>The job of that name; null where there is none any more.</summary>
    public WatchedJob? Find(string name) => _all.FirstOrDefault(job => job.Job.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
