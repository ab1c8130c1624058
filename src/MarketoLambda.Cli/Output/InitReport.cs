using MarketoLambda.Sync.Setup;

namespace MarketoLambda.Cli.Output;

/// <summary>What <c>init</c> did.</summary>
/// <param name="Objects">What is kept in Marketo.</param>
/// <param name="Jobs">Every job; empty when an object to hold their records is missing.</param>
internal sealed record InitReport(IReadOnlyList<InitializedObject> Objects, IReadOnlyList<InitializedJob> Jobs)
{
    /// <summary>Name of the exit code.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why the program could not create or complete an object.</summary>
    public string? Error { get; init; }
}

/// <summary>An object the program keeps in Marketo.</summary>
/// <param name="ApiName">Its API name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Fields">Names of the fields that were added, or have to be added by hand.</param>
internal sealed record InitializedObject(string ApiName, StateSetupOutcome Outcome, IReadOnlyList<string> Fields);

/// <summary>A job that can be run, or what is missing for it.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="IsStateRecordNew">The state record was created now.</param>
/// <param name="Warning">Why its runs will fail, and what to do; null when nothing is known to be missing.</param>
internal sealed record InitializedJob(string Job, bool IsStateRecordNew, string? Warning)
{
    /// <summary>What it fills was created and approved now.</summary>
    public bool IsObjectNew { get; init; }
}
