using System.Collections.Concurrent;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>The weeks of <see cref="LongSimulationTests"/> with people, members of programs and members of lists.</summary>
public sealed class LongTargetSimulationTests(ITestOutputHelper output)
{
    private const int Usual = 40;
    private const int Many = 5000;

    [Theory]
    [InlineData("leads")]
    [InlineData("program members")]
    [InlineData("list members")]
    [InlineData("custom activities")]
    public void In_weeks_of_random_trouble_no_promise_is_broken_whatever_is_filled(string target)
    {
        // Given
        var seeds = SimulationScale.OnlySeed is { } only ? [only] : Enumerable.Range(1, SimulationScale.IsFull ? Many : Usual).ToList();

        // When
        ConcurrentBag<(int Seed, string Findings)> failures = [];
        Parallel.ForEach(seeds, seed =>
        {
            if (Findings(target, seed) is { Count: > 0 } findings)
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
                            + $"--filter-class {typeof(LongTargetSimulationTests).FullName})")));
    }

    private static IReadOnlyList<string> Findings(string target, int seed)
    {
        try
        {
            return new LongSimulation(
                seed,
                target switch
                {
                    "leads" => SimulatedTargets.Leads,
                    "program members" => SimulatedTargets.Members,
                    "custom activities" => SimulatedTargets.Activities,
                    _ => SimulatedTargets.List,
                },
                longestLatency: target == "leads" ? 40 : SimulatedTargets.MaxLatency)
            {
                Faults = target == "custom activities" ? SimulatedTargets.FaultsOfActivities : null,
                Excludes = target == "custom activities" ? SimulatedTargets.IsLieAboutActivities : SimulatedTargets.IsLie,
            }.Run();
        }
#pragma warning disable CA1031 // whatever the engine lets through is a finding
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return [$"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}"];
        }
    }
}
