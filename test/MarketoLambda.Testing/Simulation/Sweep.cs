using System.Collections.Concurrent;

namespace MarketoLambda.Testing.Simulation;

/// <summary>
/// Tells a story again and again, each time with other troubles, on all processors; a single telling stays on one thread.
/// </summary>
public static class Sweep
{
    private static readonly int[] HowOften = [1, 2, MishapPlan.EveryTry, MishapPlan.UntilMended];

    /// <summary>Every step × everything that can go wrong there × once, twice, at every repetition of the call, until mended.</summary>
    public static IEnumerable<Trouble> AllTroubles(IReadOnlyList<StepKind> steps) =>
        from step in Enumerable.Range(1, steps.Count)
        from mishap in Mishaps.At(steps[step - 1])
        from times in HowOften
        where mishap.Sleep is null ? times != MishapPlan.EveryTry || mishap.Kill is null : times == 1
        select new Trouble(step, mishap, times, AlertsFail: times == MishapPlan.UntilMended && step % 2 == 0);

    /// <summary>Every pair of deaths: the second process dies at every step it comes to.</summary>
    public static IEnumerable<Trouble[]> PairsOfKills(int steps) =>
        from first in Enumerable.Range(1, steps)
        from second in Enumerable.Range(first + 1, steps)
        from firstKill in Mishaps.Kills
        from secondKill in Mishaps.Kills
        select new[] { new Trouble(first, firstKill), new Trouble(second, secondKill) };

    /// <summary>Tells the story once for each.</summary>
    public static SweepResult Run(Story story, IReadOnlyList<IReadOnlyList<Trouble>> schedules)
    {
        ConcurrentBag<SweepFailure> failures = [];
        Parallel.ForEach(
            schedules,
            troubles =>
            {
                if (story.Tell(troubles) is { Count: > 0 } findings)
                {
                    failures.Add(new SweepFailure(troubles, findings));
                }
            }
        );
        return new SweepResult(
            schedules.Count,
            [.. failures.OrderBy(failure => failure.Troubles.Count == 0 ? 0 : failure.Troubles[0].Step)]);
    }
}

/// <summary>What a sweep found.</summary>
/// <param name="Schedules">Tellings.</param>
/// <param name="Failures">Those in which a promise was broken, each with its troubles.</param>
public sealed record SweepResult(int Schedules, IReadOnlyList<SweepFailure> Failures)
{
    public override string ToString() =>
        $"{Failures.Count} of {Schedules} schedules broke a "
            + $"promise{string.Concat(Failures.Take(20).Select(failure => $"{Environment.NewLine}{failure}"))}";
}

/// <summary>A telling in which a promise was broken.</summary>
/// <param name="Troubles">What went wrong.</param>
/// <param name="Findings">What speaks against the engine.</param>
public sealed record SweepFailure(IReadOnlyList<Trouble> Troubles, IReadOnlyList<string> Findings)
{
    public override string ToString() => $"[{string.Join(" + ", Troubles)}] {string.Join("; ", Findings.Take(5))}";
}
