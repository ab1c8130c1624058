using MarketoLambda.Sync.Leases;

namespace MarketoLambda.Testing.Simulation;

/// <summary>A host that goes on with a job while the one that began it sleeps.</summary>
internal static class AnotherHost
{
    /// <summary>Once the lease of the sleeping host has ended: every key comes again, and is imported.</summary>
    public static async Task ImportNewerAsync(SimulatedWorld world, SimulatedJob job)
    {
        await Task.Delay(SimulatedWorld.UsualLimit + RunLeases.Grace + TimeSpan.FromMinutes(1), world.Time);
        foreach (
            var key in Enumerable
                .Range(1, job.Truth.RowCount())
                .Select(job.Truth.KeyOf)
                .Where(key => key.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .ToList())
        {
            job.Add(key);
        }

        await world.RunAsync(job, default, new MemoryOfAnInstance());
    }
}
