namespace MarketoLambda.Sync.Sources;

/// <summary>
/// Where a record stands in its source, and when it was last changed there: what its order among other versions is read from.
/// </summary>
/// <param name="Location">Where it stands.</param>
/// <param name="CursorValue">Its modification stamp; null where it is not known.</param>
public readonly record struct SourcePlace(SourceLocation Location, DateTimeOffset? CursorValue);
