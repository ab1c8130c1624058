using System.Collections.Concurrent;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>Plays a random simulation with many seeds, and says of those that fail how to play them again.</summary>
internal static class ManySeeds
{
    /// <param name="usual">How many seeds usually.</param>
    /// <param name="many">How many where everything is wanted.</param>
    /// <param name="simulation">Makes the simulation of a seed.</param>
    /// <param name="test">The class of the test.</param>
    /// <param name="output">Where the number of simulations is told.</param>
    public static void Play(int usual, int many, Func<int, LongSimulation> simulation, Type test, ITestOutputHelper output)
    {
        var seeds = Choose(usual, many);
        var failures = Collect(seeds, seed => Findings(simulation, seed));
        output.WriteLine($"{seeds.Count} simulations");
        AssertNone(failures, test);
    }

    /// <summary>From 1 on; a single one where the environment names it.</summary>
    public static IReadOnlyList<int> Choose(int usual, int many) =>
        SimulationScale.OnlySeed is { } only ? [only] : [.. Enumerable.Range(1, SimulationScale.IsFull ? many : usual)];

    /// <summary>Plays each seed, and collects those with findings.</summary>
    public static IReadOnlyCollection<(int Seed, string Findings)> Collect(
        IReadOnlyList<int> seeds, Func<int, IReadOnlyList<string>> play)
    {
        ConcurrentBag<(int Seed, string Findings)> failures = [];
        Parallel.ForEach(seeds, seed =>
        {
            if (play(seed) is { Count: > 0 } findings)
            {
                failures.Add((seed, string.Join("; ", findings.Take(5))));
            }
        });
        return failures;
    }

    public static void AssertNone(IReadOnlyCollection<(int Seed, string Findings)> failures, Type test) =>
        Assert.True(
            failures.Count == 0,
            string.Join(
                Environment.NewLine,
                failures
                    .OrderBy(failure => failure.Seed)
                    .Take(10)
                    .Select(failure =>
                        $"seed {failure.Seed}: {failure.Findings} (again: {SimulationScale.SeedVariable}={failure.Seed} dotnet test "
                            + $"--filter-class {test.FullName})")));

    private static IReadOnlyList<string> Findings(Func<int, LongSimulation> simulation, int seed)
    {
        try
        {
            return simulation(seed).Run();
        }
#pragma warning disable CA1031 // whatever the engine lets through is a finding
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return [$"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}"];
        }
    }
}
