using MarketoLambda.Marketo.Errors;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>Promises P1 to P4 and P8, by enumeration: whatever goes wrong, at whichever step of an import.</summary>
/// <remarks>
/// A plain <c>dotnet test</c> takes every death, every second pair of deaths, every fault of the network (once, at every try, and until
/// mended), and every seventeenth of the many error codes and statuses (each of them still comes at several steps); with
/// <c>MARKETOLAMBDA_SWEEP=full</c> nothing is left out.
/// </remarks>
public sealed class SweepTests(ITestOutputHelper output)
{
    private const int EveryNthAnswer = 17;

    private static readonly IReadOnlyList<Trouble[]> Singles =
    [
        .. Thinned(Sweep.AllTroubles(Stories.Full.Steps())).Select(trouble => new[] { trouble }),
    ];

    private static readonly IReadOnlyList<Trouble[]> Pairs =
    [
        .. Sweep.PairsOfKills(Stories.Short.Steps().Count).Where((pair, index) => SimulationScale.IsFull || index % 2 == 0),
    ];

    [Fact]
    public void Whatever_goes_wrong_at_whichever_step_nothing_is_lost_overtaken_doubled_or_kept_quiet()
    {
        // When
        var result = Sweep.Run(Stories.Full, Singles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

    [Fact]
    public void However_two_processes_die_one_after_the_other_nothing_is_lost_overtaken_or_doubled()
    {
        // When
        var result = Sweep.Run(Stories.Short, Pairs);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

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
                    || index % (3 * EveryNthAnswer) == 0)
            .Select(trouble => new[] { trouble })
            .ToList();

        // When
        var result = Sweep.Run(Stories.WarmAndReset, troubles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

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
                    || index % (24 * EveryNthAnswer) == 0)
            .Select(trouble => new[] { trouble })
            .ToList();

        // When
        output.WriteLine($"{story.Steps().Count} steps, {troubles.Count} schedules");
        var result = Sweep.Run(story, troubles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

    [Fact]
    public void More_than_ten_thousand_schedules_are_tried() =>
        Assert.True(Singles.Count + Pairs.Count > 10_000, $"only {Singles.Count} + {Pairs.Count}");

    [Fact]
    public void Every_row_of_the_error_table_is_tried_and_only_deaths_naps_and_full_disks_have_none()
    {
        // When
        var tried = Singles.SelectMany(troubles => troubles).Select(trouble => trouble.Mishap).ToHashSet();

        // Then
        Assert.NotEmpty(MarketoErrorCatalog.All);
        Assert.Equal(
            MarketoErrorCatalog.All.Select(error => error.Code).Order(StringComparer.Ordinal),
            tried.Select(mishap => mishap.Error?.Code).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            tried.Where(mishap => mishap.Error is null),
            mishap => Assert.True(mishap.Kill is not null || mishap.Sleep is not null || mishap.StoreFailsAfterwards is not null));
    }

    [Fact]
    public void Every_mishap_there_is_is_tried() =>
        Assert.Empty(
            Enum.GetValues<StepKind>()
                .Except([StepKind.Alert])
                .SelectMany(Mishaps.At)
                .Except(Singles.Select(troubles => troubles[0].Mishap)));

    private static bool IsFirstDeath(Trouble trouble) =>
        trouble is { Mishap.Kill: not null, Times: 1 } && (trouble.Step + (int)trouble.Mishap.Kill) % 2 == 0;

    private static bool IsDenial(Trouble trouble) =>
        trouble.Times == 1 && trouble.Step % 2 == 0 && Mishaps.RecordsDenied.Contains(trouble.Mishap);

    private static IEnumerable<Trouble> Thinned(IEnumerable<Trouble> troubles) =>
        troubles.Where(
            (trouble, index) =>
                SimulationScale.IsFull
                || (trouble.Times != 2 && (trouble.Mishap.Error is null || Mishaps.Transport.Contains(trouble.Mishap)))
                || index % EveryNthAnswer == 0);
}
