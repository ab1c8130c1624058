using MarketoLambda.Sync.Targets.Leads;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>
/// Promises P1 to P4 and P8 by enumeration, for targets other than custom objects: whatever goes wrong at whichever step. Thinned, every
/// step has its deaths; see <see cref="SweepTests"/>.
/// </summary>
public sealed class SweepOfTargetsTests(ITestOutputHelper output)
{
    private const int EveryNthTransport = 97;
    private const int EveryNthAnswer = 1499;

    public static TheoryData<string> Told =>
        ["leads", "leads of several people", "program members", "list members", "custom activities"];

    [Theory]
    [MemberData(nameof(Told))]
    public void Whatever_goes_wrong_nothing_is_lost_overtaken_doubled_or_kept_quiet_whatever_is_filled(string told)
    {
        // Given
        var story = told switch
        {
            "leads" => TargetStories.Leads(SeveralMatches.Reject),
            "leads of several people" => TargetStories.Leads(SeveralMatches.Oldest),
            "program members" => TargetStories.Members,
            "custom activities" => TargetStories.Activities(sendOnce: true),
            _ => TargetStories.List,
        };
        var steps = story.Steps();
        var troubles = Sweep
            .AllTroubles(steps)
            .Where(trouble => !(told == "custom activities"
                ? SimulatedTargets.IsLieAboutActivities(trouble.Mishap)
                : SimulatedTargets.IsLie(trouble.Mishap)))
            .Where((trouble, index) =>
                SimulationScale.IsFull
                || IsDeath(trouble)
                || (Mishaps.Transport.Contains(trouble.Mishap) && index % EveryNthTransport == 0)
                || index % EveryNthAnswer == 0)
            .Select(trouble => new[] { trouble })
            .ToList();

        // When
        output.WriteLine($"{steps.Count} steps, {troubles.Count} schedules");
        var result = Sweep.Run(story, troubles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

    [Fact]
    public void Activities_that_are_there_twice_are_found()
    {
        var story = TargetStories.Activities(sendOnce: false);
        var troubles = Sweep
            .AllTroubles(story.Steps())
            .Where(trouble => trouble is { Mishap.Kill: KillMoment.AfterEffect, Times: 1 })
            .Select(trouble => new[] { trouble })
            .ToList();

        var result = Sweep.Run(story, troubles);

        Assert.Contains(result.Failures, failure => failure.ToString()!.Contains("is there 2 times", StringComparison.Ordinal));
    }

    /// <summary>At every step one moment of death, each moment at every third step.</summary>
    private static bool IsDeath(Trouble trouble) =>
        trouble is { Mishap.Kill: { } moment, Times: 1 } && (trouble.Step + (int)moment) % 3 == 0;
}
