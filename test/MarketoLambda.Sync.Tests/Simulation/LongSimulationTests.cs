using System.Collections.Concurrent;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

public sealed class LongSimulationTests(ITestOutputHelper output)
{
    private const int Usual = 400;
    private const int Many = 20_000;

    [Fact]
    public void In_weeks_of_random_trouble_no_promise_is_broken()
    {
        // Given
        var seeds = SimulationScale.OnlySeed is { } only ? [only] : Enumerable.Range(1, SimulationScale.IsFull ? Many : Usual).ToList();

        // When
        ConcurrentBag<(int Seed, string Findings)> failures = [];
        Parallel.ForEach(seeds, seed =>
        {
            if (Findings(seed) is { Count: > 0 } findings)
            {
                failures.Add((seed, string.Join("; ", findings.Take(5))));
            }
        });

        // Then
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
                            + $"--filter-class {typeof(LongSimulationTests).FullName})"
                    )));
    }

    [Fact]
    public void A_seed_tells_the_same_story_again() => Assert.Equal(Steps(7), Steps(7));

    private static IReadOnlyList<StepKind> Steps(int seed)
    {
        LongSimulation simulation = new(seed);
        simulation.Run();
        return simulation.Steps;
    }

    private static IReadOnlyList<string> Findings(int seed)
    {
        try
        {
            return new LongSimulation(seed).Run();
        }
#pragma warning disable CA1031 // whatever the engine lets through is a finding
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return [$"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}"];
        }
    }
}
