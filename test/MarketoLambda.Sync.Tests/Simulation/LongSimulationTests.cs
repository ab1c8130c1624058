using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

public sealed class LongSimulationTests(ITestOutputHelper output)
{
    private const int Usual = 400;
    private const int Many = 20_000;

    [Fact]
    public void In_weeks_of_random_trouble_no_promise_is_broken() =>
        ManySeeds.Play(Usual, Many, seed => new LongSimulation(seed), typeof(LongSimulationTests), output);

    [Fact]
    public void A_seed_tells_the_same_story_again() => Assert.Equal(Steps(7), Steps(7));

    private static IReadOnlyList<StepKind> Steps(int seed)
    {
        LongSimulation simulation = new(seed);
        simulation.Run();
        return simulation.Steps;
    }
}
