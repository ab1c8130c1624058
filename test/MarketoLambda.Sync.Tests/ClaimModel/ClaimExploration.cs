using CsCheck;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>One broken invariant and the shortest way to break it.</summary>
internal sealed record Break(Invariant Invariant, int Steps, string Counterexample);

/// <summary>What an exploration of every reachable state said.</summary>
internal sealed record Verdict(bool Closed, int States, IReadOnlyList<Break> Breaks)
{
    public override string ToString() =>
        string.Join(", ", Breaks.Select(broken => $"{broken.Invariant.ToString().ToUpperInvariant()} {broken.Steps}"))
            is { Length: > 0 } text
            ? text
            : "all hold";
}

/// <summary>Explores a scope to closure. An invariant that breaks is noted and set aside, until those left hold in every state.</summary>
internal static class ClaimExploration
{
    public const int MaxStates = 30_000_000;

    public static Verdict Explore(ClaimScope scope)
    {
        var left = Enum.GetValues<Invariant>().ToList();
        var breaks = new List<Break>();
        while (true)
        {
            var report = ClaimSpec.For(scope, left).Exhaustive(out var violation, maxStates: MaxStates);
            if (violation is null)
            {
                return new Verdict(report.Closed, report.States, [.. breaks.OrderBy(broken => broken.Invariant)]);
            }

            var invariant = left.Single(candidate => string.Equals(candidate.ToString(), violation.Id, StringComparison.OrdinalIgnoreCase));
            breaks.Add(new Break(invariant, violation.Trace.Steps.Length, violation.ToString(ClaimPrint.Describe)));
            left.Remove(invariant);
        }
    }
}
