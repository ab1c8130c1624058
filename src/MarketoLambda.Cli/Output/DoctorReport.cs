namespace MarketoLambda.Cli.Output;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Findings">In the order in which one thing needs the one before.</param>
internal sealed record DoctorReport(IReadOnlyList<Finding> Findings)
{
    /// <summary>Name of the exit code.</summary>
    public required string Outcome { get; init; }

    /// <summary>Of this program.</summary>
    public required string Version { get; init; }
}
