using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>The weeks of <see cref="LongSimulationTests"/> with people, members of programs and of lists, and activities.</summary>
public sealed class LongTargetSimulationTests(ITestOutputHelper output)
{
    private const int Usual = 40;
    private const int Many = 5000;

    [Theory]
    [InlineData("leads")]
    [InlineData("program members")]
    [InlineData("list members")]
    [InlineData("custom activities")]
    public void In_weeks_of_random_trouble_no_promise_is_broken_whatever_is_filled(string target) =>
        ManySeeds.Play(Usual, Many, seed => Simulation(target, seed), typeof(LongTargetSimulationTests), output);

    private static LongSimulation Simulation(string target, int seed) => target switch
    {
        "leads" => new(seed, SimulatedTargets.Leads, longestLatency: 40) { Excludes = SimulatedTargets.IsLie },
        "program members" => new(seed, SimulatedTargets.Members, SimulatedTargets.MaxLatency) { Excludes = SimulatedTargets.IsLie },
        "list members" => new(seed, SimulatedTargets.List, SimulatedTargets.MaxLatency) { Excludes = SimulatedTargets.IsLie },
        _ => new(seed, SimulatedTargets.Activities, SimulatedTargets.MaxLatency)
        {
            Excludes = SimulatedTargets.IsLieAboutActivities,
            Faults = SimulatedTargets.FaultsOfActivities,
        },
    };
}
