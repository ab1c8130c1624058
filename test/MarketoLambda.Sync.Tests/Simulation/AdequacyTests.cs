using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>A sweep that cannot turn red proves nothing: each of these bugs must be found.</summary>
/// <remarks>
/// The engine stays whole; the bug is played at its borders. README.md beside this file lists the same bugs built into the engine itself.
/// </remarks>
public sealed class AdequacyTests(ITestOutputHelper output)
{
    /// <summary>Schedules tried of those that concern a bug.</summary>
    private const int Max = 60;

    private static readonly IReadOnlyList<StepKind> StepsOfVersions = Stories.Versions.Steps();

    [Fact]
    public void A_mark_at_the_newest_acknowledged_record_is_found() =>
        IsFound("was not", (_, network) => new MarkOfNewestAcknowledged(network), trouble => trouble.Mishap.Error?.Code == "605");

    [Fact]
    public void Rejects_stored_after_the_commit_are_found() =>
        IsFound("was not", rejects: (world, store) => new RejectsStoredLater(world, store));

    [Fact]
    public void An_ambiguous_answer_taken_for_not_executed_is_found() =>
        IsFound(
            "had taken effect",
            (_, network) => new AmbiguousTakenForNotExecuted(network),
            trouble => trouble.Mishap.Fault is { Timing: FaultTiming.Delayed } && trouble.Mishap.Error?.Code is "611" or "connection-broken"
        );

    [Fact]
    public void A_call_sent_again_while_the_first_is_in_flight_is_found() =>
        IsFound("had taken effect", (world, network) => new ImpatientResend(world, network));

    [Fact]
    public void Missing_results_taken_for_success_are_found() =>
        IsFound("was not", (_, network) => new ShortResultAccepted(network), trouble => trouble.Mishap.LosesLastRecord);

    [Fact]
    public void A_skipped_record_taken_for_accepted_is_found() => IsFound("was not", (_, network) => new SkippedAccepted(network));

    [Fact]
    public void A_key_in_two_calls_at_once_is_found() => IsFound("had taken effect", (_, network) => new SecondKeyInFlight(network));

    [Fact]
    public void An_earlier_version_kept_instead_of_the_later_is_found() =>
        IsFound("was not", (world, network) => new SupersededKeepsTheEarlier(world, network));

    [Fact]
    public void A_reject_left_open_although_a_newer_version_was_accepted_is_found() =>
        IsFound("although Marketo took version", (_, network) => new SupersededStayOpen(network), story: Stories.RejectsWith);

    [Fact]
    public void A_reject_not_held_back_while_a_newer_version_is_sent_is_found() =>
        IsFound(
            "on top of",
            (_, network) => new HeldStayOpen(network),
            trouble => trouble.Mishap.Kill == KillMoment.AfterEffect && StepsOfVersions[trouble.Step - 1] == StepKind.Write,
            story: Stories.VersionsWith,
            sound: Stories.Versions);

    [Fact]
    public void A_reject_closed_for_a_record_that_only_may_be_the_same_is_found() => IsFound(
        "of this very key", (_, network) => new HeldAreClosed(network), story: Stories.VersionsWith, sound: Stories.Versions);

    [Fact]
    public void An_older_version_tried_again_after_a_newer_one_is_found() => IsFound(
        "on top of", (_, network) => new OlderVersionsStayOpen(network), story: Stories.VersionsWith, sound: Stories.Versions);

    [Fact]
    public void A_resolved_reject_left_open_is_found() =>
        IsFound("still waits", (_, network) => new ResolvedStayOpen(network), story: Stories.RejectsWith);

    [Fact]
    public void Rejects_in_marketo_that_are_not_waited_for_are_found() =>
        IsFound(
            "was not",
            (_, network) => new RejectsNotAwaited(network),
            trouble => trouble.Mishap is { Fault.Timing: FaultTiming.Delayed } or { Kill: not null },
            story: Stories.RejectsWith);

    [Fact]
    public void A_number_given_to_two_rejects_is_found() =>
        IsFound("among the open rejects", (_, network) => new NextRejectForgotten(network), story: Stories.RejectsWith);

    [Fact]
    public void The_stories_of_rejects_have_some_that_are_resolved_superseded_and_held()
    {
        Assert.Equal(["open", "resolved", "superseded"], StagesIn(Stories.Rejects));
        Assert.Equal(["held", "resolved", "superseded"], StagesIn(Stories.Versions));
    }

    private static IEnumerable<string?> StagesIn(Story story)
    {
        SimulatedWorld? world = null;
        (story with { Build = () => world = story.Build() }).Tell();
        return world!.Marketo.Records(RejectFields.ObjectApiName).Select(row => row["stage"]).Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_host_that_cannot_know_that_it_slept_is_found_writing_after_its_claim()
    {
        // Given: neither clock of it shows the nap
        var sound = Stories.Full;
        var dazed = sound with { Build = () => Stories.WorldOf(wallFreezesToo: true) };
        var naps = Sweep
            .AllTroubles(sound.Steps())
            .Where(trouble => trouble.Mishap.Sleep > SimulatedWorld.UsualLimit)
            .Select(trouble => new[] { trouble })
            .ToArray();

        // When
        var (found, none) = (Sweep.Run(dazed, naps), Sweep.Run(sound, naps));

        // Then
        Assert.Empty(none.Failures);
        Assert.Contains(
            found.Failures.SelectMany(failure => failure.Findings),
            finding => finding.Contains("wrote on top of run", StringComparison.Ordinal));
    }

    [Fact]
    public void A_saboteur_that_does_nothing_is_not_found() =>
        Assert.Empty(Try((_, network) => new Harmless(network), null, trouble => trouble.Mishap.Kill is not null).Failures);

    private void IsFound(
        string because,
        Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>? network = null,
        Func<Trouble, bool>? concerns = null,
        Func<SimulatedWorld, IRejectSink, IRejectSink>? rejects = null,
        Func<Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>, Story>? story = null,
        Story? sound = null)
    {
        // When
        var result = story is null ? Try(network, rejects, concerns) : Try(story(network!), sound ?? Stories.Rejects, concerns);

        // Then
        output.WriteLine(
            $"{result.Failures.Count} of {result.Schedules} found it: {(result.Failures.Count == 0 ? "" : result.Failures[0])}");
        Assert.Contains(
            result.Failures.SelectMany(failure => failure.Findings),
            finding => finding.Contains(because, StringComparison.Ordinal));
        Assert.DoesNotContain(
            result.Failures.SelectMany(failure => failure.Findings),
            finding => finding.Contains("Exception:", StringComparison.Ordinal));
    }

    /// <summary>A telling in which all goes well, and some with troubles that concern the bug.</summary>
    private static SweepResult Try(
        Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>? network,
        Func<SimulatedWorld, IRejectSink, IRejectSink>? rejects,
        Func<Trouble, bool>? concerns) => Try(Stories.FullWith(network, rejects), Stories.Full, concerns);

    private static SweepResult Try(Story sabotaged, Story sound, Func<Trouble, bool>? concerns)
    {
        var troubles = concerns is null ? [] : Sweep.AllTroubles(sound.Steps()).Where(concerns).ToList();
        Trouble[][] schedules =
        [
            [],
            .. troubles.Where((_, index) => index % ((troubles.Count / Max) + 1) == 0).Select(trouble => new[] { trouble }),
        ];
        return Sweep.Run(sabotaged, schedules);
    }

    private sealed class Harmless(HttpMessageHandler world) : Saboteur(world);
}
