namespace MarketoLambda.Testing.Simulation;

/// <summary>An admin sent a job back to its beginning.</summary>
/// <param name="ApiName">The job.</param>
/// <param name="WritesBefore">Writes in Marketo's journal when it was begun.</param>
/// <param name="BegunAt">When.</param>
public sealed record SimulatedReset(string ApiName, int WritesBefore, DateTimeOffset BegunAt)
{
    /// <summary>Writes when it was reported as done; null while it was not.</summary>
    public int? WritesWhenAcknowledged { get; set; }
}
