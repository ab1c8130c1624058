namespace MarketoLambda.Sync.Targets.Unchanged;

/// <summary>A field before and after: <em>personal data</em>.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Before">What Marketo has; empty for nothing.</param>
/// <param name="After">What it would have; empty for nothing.</param>
public sealed record FieldChange(string Field, string Before, string After);
