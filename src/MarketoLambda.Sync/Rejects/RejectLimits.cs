namespace MarketoLambda.Sync.Rejects;

/// <summary>What bounds the rejects that are kept in Marketo.</summary>
/// <param name="MaxOpen">Most open rejects of a job. A run that finds more stops before them.</param>
public sealed record RejectLimits(int MaxOpen = 100_000);
