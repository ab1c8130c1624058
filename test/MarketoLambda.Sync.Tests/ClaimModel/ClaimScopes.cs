using static MarketoLambda.Sync.Tests.ClaimModel.Weakness;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>Scopes that several findings begin with.</summary>
internal static class ClaimScopes
{
    /// <summary>One crash, one lost reply, every request executed at any later time.</summary>
    public static ClaimScope Ordinary { get; } = new() { Weaknesses = LateRequests, Crashes = 1, Losses = 1 };

    public static ClaimScope WithReset { get; } = Ordinary with { Resets = 1 };

    public static ClaimScope CrashAndReset { get; } = WithReset with { Losses = 0 };

    public static ClaimScope CrashOnly { get; } = Ordinary with { Losses = 0 };

    public static ClaimScope LossOnly { get; } = Ordinary with { Crashes = 0 };

    public static ClaimScope Pruning { get; } = Ordinary with { PastRuns = 3, Prunes = 1, Starts = 2, HasSlowStarter = true };
}
