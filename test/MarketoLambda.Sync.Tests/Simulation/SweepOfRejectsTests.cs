using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>Whatever goes wrong at whichever step around rejects in Marketo; thinned as <see cref="SweepTests"/> says.</summary>
public sealed class SweepOfRejectsTests(ITestOutputHelper output)
{
    public static TheoryData<string> StoriesOfRejects => ["waiting for a person", "many open versions", "more than a call can ask for"];

    [Theory]
    [MemberData(nameof(StoriesOfRejects))]
    public void Whatever_goes_wrong_around_rejects_in_marketo_none_is_lost_left_waiting_or_put_on_top_of_a_newer_version(string told)
    {
        // Given
        var story = told switch
        {
            "many open versions" => Stories.Versions,
            "more than a call can ask for" => Stories.Many,
            _ => Stories.Rejects,
        };
        var troubles = Sweep
            .AllTroubles(story.Steps())
            .Where(
                (trouble, index) =>
                    SimulationScale.IsFull
                    || IsFirstDeath(trouble)
                    || IsDenial(trouble)
                    || (Mishaps.Transport.Contains(trouble.Mishap) && index % 41 == 0)
                    || index % (24 * SweepSchedules.EveryNthAnswer) == 0)
            .Select(trouble => new[] { trouble })
            .ToList();

        // When
        output.WriteLine($"{story.Steps().Count} steps, {troubles.Count} schedules");
        var result = Sweep.Run(story, troubles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

    private static bool IsFirstDeath(Trouble trouble) =>
        trouble is { Mishap.Kill: not null, Times: 1 } && (trouble.Step + (int)trouble.Mishap.Kill) % 2 == 0;

    private static bool IsDenial(Trouble trouble) =>
        trouble.Times == 1 && trouble.Step % 2 == 0 && Mishaps.RecordsDenied.Contains(trouble.Mishap);
}
