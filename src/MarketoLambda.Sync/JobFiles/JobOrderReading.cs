using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>Reads which jobs a job comes after, and finds orders that cannot be kept.</summary>
internal static class JobOrderReading
{
    /// <summary>The job with the settings of its place among the others.</summary>
    public static SyncJob Read(JobSection section, SyncJob job)
    {
        var after = section.OptionalTexts(JobSettings.After.Name) ?? [];
        var unfinished = section.OptionalChoice(
            JobSettings.AfterUnfinished,
            "\"skip\" (until the next round) or \"run\" (all the same)");
        if (after.Count == 0 && section.Has(JobSettings.AfterUnfinished.Name) && !section.Has(JobSettings.After.Name))
        {
            section.AddError(JobSettings.AfterUnfinished.Name, "means something with \"after\" only, which names the jobs that come first");
        }

        return job with
        {
            After = [.. after.Distinct(StringComparer.OrdinalIgnoreCase)],
            RunsAfterUnfinished = unfinished == "run",
        };
    }

    /// <summary>Reports names that no job has, and jobs that wait for each other.</summary>
    /// <param name="read">The jobs, each with where it stands.</param>
    /// <param name="names">The names of all jobs, also of those that could not be read.</param>
    public static void AddErrors(IReadOnlyList<(SyncJob Job, JobSection Section)> read, IReadOnlyList<string> names)
    {
        foreach (var (job, section) in read)
        {
            foreach (var unknown in job.After.Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase)))
            {
                IReadOnlyList<string> others = [.. names.Where(name => !name.Equals(job.Name, StringComparison.OrdinalIgnoreCase))];
                section.AddError(
                    JobSettings.After.Name,
                    $"names \"{unknown}\", which is no job of this file{(others.Count == 0 ? "" : NearName.Hint(unknown, others))}");
            }
        }

        if (JobOrder.FindCycle([.. read.Select(one => one.Job)]) is { } cycle)
        {
            var quoted = cycle.Select(name => $"\"{name}\"").ToList();
            var problem = cycle.Count == 2
                ? "names the job itself"
                : $"leads back to this job: {string.Join(" comes after ", quoted)}; remove one of these, or none of them could ever run";
            read.First(one => one.Job.Name == cycle[0]).Section.AddError(JobSettings.After.Name, problem);
        }
    }
}
