using System.Globalization;

namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>One row of the findings: a scope, and what exploring all of it says.</summary>
/// <param name="Id">Its name in the tests and the README; <c>H</c> holds, <c>S</c> holds without a step, <c>B</c> breaks.</param>
/// <param name="Says">The scope in words.</param>
/// <param name="Counterpart">The row of the design exploration (<c>claim-protocol.md</c>) it repeats, if any.</param>
/// <param name="Scope">What is explored.</param>
/// <param name="States">How many states it has; a search that explored too little would find no counterexample either.</param>
/// <param name="Verdict">The invariants that break, each with the length of its shortest counterexample, or "all hold".</param>
internal sealed record ClaimFinding(string Id, string Says, string Counterpart, ClaimScope Scope, int States, string Verdict)
{
    /// <summary>Too large for every run of the tests.</summary>
    public bool IsLarge { get; init; }

    public string Row =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {Id} | {Says} | {Counterpart} | {States:N0} | {Verdict}{(IsLarge ? " (large)" : "")} |");

    public override string ToString() => $"{Id}: {Says}";
}
