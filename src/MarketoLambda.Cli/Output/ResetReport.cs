namespace MarketoLambda.Cli.Output;

/// <summary>What became of a reset.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="IsDone">Marketo acknowledged it.</param>
/// <param name="To">The new mark; null for the beginning.</param>
/// <param name="BusyUntil">When the run that kept it away must be over.</param>
internal sealed record ResetReport(string Job, bool IsDone, DateTimeOffset? To, DateTimeOffset? BusyUntil);
