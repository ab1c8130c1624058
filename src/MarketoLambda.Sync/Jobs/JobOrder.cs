namespace MarketoLambda.Sync.Jobs;

/// <summary>The order in which jobs run where all of them run: each after those it names, and otherwise as in the job file.</summary>
public static class JobOrder
{
    /// <summary>Sorts the jobs. Those that a job names and that are not among them do not count.</summary>
    public static IReadOnlyList<SyncJob> Sort(IReadOnlyList<SyncJob> jobs)
    {
        HashSet<string> placed = new(StringComparer.OrdinalIgnoreCase);
        List<SyncJob> sorted = [];
        foreach (var job in jobs)
        {
            Place(job);
        }

        return sorted;

        void Place(SyncJob job)
        {
            if (placed.Add(job.Name))
            {
                foreach (var before in Before(job, jobs))
                {
                    Place(before);
                }

                sorted.Add(job);
            }
        }
    }

    /// <summary>
    /// Splits the jobs into groups that know nothing of each other: no job comes after one of another group. Each is sorted.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<SyncJob>> Groups(IReadOnlyList<SyncJob> jobs)
    {
        List<List<SyncJob>> groups = [];
        foreach (var job in Sort(jobs))
        {
            var joined = groups.FindAll(group => group.Exists(member => IsNamed(member, job)));
            groups.RemoveAll(joined.Contains);
            groups.Add([.. joined.SelectMany(group => group), job]);
        }

        return [.. groups.Select(Sort)];
    }

    /// <summary>Jobs of which each comes after the next, the last one being the first again; null where there are none.</summary>
    internal static IReadOnlyList<string>? FindCycle(IReadOnlyList<SyncJob> jobs)
    {
        HashSet<string> free = new(StringComparer.OrdinalIgnoreCase);
        return jobs.Select(job => Follow(job, [])).FirstOrDefault(cycle => cycle is not null);

        IReadOnlyList<string>? Follow(SyncJob job, IReadOnlyList<SyncJob> path)
        {
            if (free.Contains(job.Name))
            {
                return null;
            }

            var start = path.ToList().FindIndex(other => other.Name.Equals(job.Name, StringComparison.OrdinalIgnoreCase));
            if (start >= 0)
            {
                return [.. path.Skip(start).Append(job).Select(member => member.Name)];
            }

            var cycle = Before(job, jobs).Select(before => Follow(before, [.. path, job])).FirstOrDefault(found => found is not null);
            if (cycle is null)
            {
                free.Add(job.Name);
            }

            return cycle;
        }
    }

    private static IEnumerable<SyncJob> Before(SyncJob job, IReadOnlyList<SyncJob> jobs) => jobs.Where(other => IsNamed(other, job));

    private static bool IsNamed(SyncJob other, SyncJob by) => by.After.Contains(other.Name, StringComparer.OrdinalIgnoreCase);
}
