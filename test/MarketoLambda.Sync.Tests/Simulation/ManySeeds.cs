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
        var seeds = SimulationScale.OnlySeed is { } only ? [only] : Enumerable.Range(1, SimulationScale.IsFull ? many : usual).ToList();
        ConcurrentBag<(int Seed, string Findings)> failures = [];
        Parallel.ForEach(seeds, seed =>
        {
            if (Findings(simulation, seed) is { Count: > 0 } findings)
            {
                failures.Add((seed, string.Join("; ", findings.Take(5))));
            }
        });

        output.WriteLine($"{seeds.Count} simulations");
        Assert.True(
            failures.IsEmpty,
            string.Join(
                Environment.NewLine,
                failures
                    .OrderBy(failure => failure.Seed)
                    .Take(10)
                    .Select(failure =>
                        $"seed {failure.Seed}: {failure.Findings} (again: {SimulationScale.SeedVariable}={failure.Seed} dotnet test "
                            + $"--filter-class {test.FullName})")));
    }

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
