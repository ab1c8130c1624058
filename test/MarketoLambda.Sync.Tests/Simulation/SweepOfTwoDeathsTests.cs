using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>Promises P1 to P3, by enumeration: two processes die, each at any step.</summary>
public sealed class SweepOfTwoDeathsTests(ITestOutputHelper output)
{
    [Fact]
    public void However_two_processes_die_one_after_the_other_nothing_is_lost_overtaken_or_doubled()
    {
        // When
        var result = Sweep.Run(Stories.Short, SweepSchedules.Pairs);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }
}
