using MarketoLambda.Emulator.Objects;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Testing.Simulation;

/// <summary>What speaks against the engine, by what Marketo holds and has taken.</summary>
internal static class WorldJudge
{
    /// <summary>What one process keeps to by default.</summary>
    private const int CallsPerWindow = 50;

    /// <summary>
    /// P3 after every run that went well: no record holds an older version than Marketo once took, unless all was imported again.
    /// </summary>
    public static IReadOnlyList<string> FindOvertaken(SimulatedWorld world, SimulatedJob job, RunEnd end)
    {
        var truth = job.Truth;
        if (!end.IsClean
            || !job.Target.ShowsVersions
            || !world.KeepsRejectsInMarketo
            || world.HostsAtOnce > 1
            || world.Resets.Count > 0)
        {
            return [];
        }

        var newest = world
            .Marketo.Journal.Where(write => truth.IsRecord(write.Record))
            .GroupBy(write => truth.IdentityIn(write.Record), write => truth.VersionOf(write.Record), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(), StringComparer.Ordinal);
        return
        [
            .. world
                .Marketo.Records(truth.ObjectName)
                .Where(record =>
                    truth.IsRecord(record)
                    && newest.TryGetValue(truth.IdentityIn(record), out var version)
                    && version > truth.VersionOf(record))
                .Select(record =>
                    $"{job.ApiName}: after run {end.Report!.RunNumber} key {record.Key} holds version {truth.VersionOf(record)} on top of "
                        + $"version {newest[truth.IdentityIn(record)]}"),
        ];
    }

    /// <summary>Everything that speaks against the engine, once the world is quiet.</summary>
    public static IReadOnlyList<string> Judge(SimulatedWorld world)
    {
        var journal = world.Marketo.Journal;
        var calls = world.Marketo.Calls.Newest.ToDictionary(call => call.Number);
        return
        [
            .. world.Jobs.Where(job => job.Target.ShowsVersions).SelectMany(job =>
                new Oracle(
                    job.Truth,
                    journal,
                    world.Rejects,
                    [.. world.Resets.Where(reset => reset.ApiName == job.ApiName)],
                    world.KeepsRejectsInMarketo
                ).Judge([.. world.Marketo.Records(job.Truth.ObjectName).Where(job.Truth.IsRecord)], world.State(job))),
            .. world.Jobs.SelectMany(job => job.Target.Judge(world, job)),
            .. world.KeepsRejectsInMarketo
                ? world.Jobs.Where(job => job.Target.ShowsVersions).SelectMany(job =>
                    new RejectOracle(
                        job.Truth,
                        journal,
                        [.. world.Marketo.Records(RejectFields.ObjectApiName).Where(row => row[RejectFields.ApiName.Name] == job.ApiName)],
                        world.State(job),
                        world.Resets.Any(reset => reset.ApiName == job.ApiName)
                    ).Judge(reject => Passes(world, reject)))
                : [],
            .. WriteOrder.Judge(journal, calls),
            .. world.Marketo.Limits.WorstWindow > CallsPerWindow * world.HostsAtOnce
                ? [$"{world.Marketo.Limits.WorstWindow} calls came within 20 s"]
                : Array.Empty<string>(),
        ];
    }

    private static bool Passes(SimulatedWorld world, RecordView reject) =>
        (world.HasMissingPerson && reject[RejectFields.Code.Name] == "1004")
        || (world.HasRetries && reject[RejectFields.Payload.Name] is { } payload && SpellingMap.Knows(payload));
}
