using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>Whatever goes wrong at whichever step around a reset, in an instance that remembers; thinned as <see cref="SweepTests"/> says.</summary>
public sealed class SweepOfResetsTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_goes_wrong_around_a_reset_and_in_an_instance_that_remembers_nothing_is_lost_and_the_reset_is_not_undone()
    {
        // Given
        var troubles = Sweep
            .AllTroubles(Stories.WarmAndReset.Steps())
            .Where(
                (trouble, index) =>
                    SimulationScale.IsFull
                    || trouble.Mishap.Kill is not null
                    || (Mishaps.Transport.Contains(trouble.Mishap) && index % 5 == 0)
                    || index % (3 * SweepSchedules.EveryNthAnswer) == 0)
            .Select(trouble => new[] { trouble })
            .ToList();

        // When
        var result = Sweep.Run(Stories.WarmAndReset, troubles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }
}
