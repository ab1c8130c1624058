using MarketoLambda.Sync.Checks;

namespace MarketoLambda.Cli.Output;

/// <summary>What <c>jobs check</c> found.</summary>
/// <param name="Jobs">Every job that was looked at.</param>
internal sealed record CheckReport(IReadOnlyList<JobFindings> Jobs)
{
    /// <summary>Name of the exit code.</summary>
    public required string Outcome { get; init; }

    /// <summary>Marketo was asked, and answered.</summary>
    public required bool IsMarketoChecked { get; init; }

    /// <summary>Why Marketo was not checked, or not wholly; null where it was.</summary>
    public string? NotChecked { get; init; }

    /// <summary>What is wrong with the objects that the program keeps in Marketo.</summary>
    public required IReadOnlyList<string> Mistakes { get; init; }

    /// <summary>Mistakes of all kinds.</summary>
    public int MistakeCount => Mistakes.Count + Jobs.Sum(job => job.Mistakes.Count);
}
