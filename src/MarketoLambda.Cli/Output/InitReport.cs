using MarketoLambda.Sync.Setup;

namespace MarketoLambda.Cli.Output;

/// <summary>What <c>init</c> did.</summary>
/// <param name="StateObject">What became of the state object.</param>
/// <param name="Fields">Names of the fields that were added, or have to be added by hand.</param>
/// <param name="Jobs">Every job; empty when there is no state object to hold their records.</param>
internal sealed record InitReport(StateSetupOutcome StateObject, IReadOnlyList<string> Fields, IReadOnlyList<InitializedJob> Jobs)
{
    /// <summary>Name of the exit code.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why the program could not create or complete the state object.</summary>
    public string? Error { get; init; }
}

/// <summary>A job that can be run, or what is missing for it.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="IsStateRecordNew">The state record was created now.</param>
/// <param name="Warning">Why its runs will fail, and what to do; null when nothing is known to be missing.</param>
internal sealed record InitializedJob(string Job, bool IsStateRecordNew, string? Warning);
