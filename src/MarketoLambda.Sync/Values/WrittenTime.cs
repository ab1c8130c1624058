namespace MarketoLambda.Sync.Values;

/// <summary>A date, or date and time, as a text has it, before it has a place on the world's clock.</summary>
/// <param name="Clock">Date and time of day as they are written.</param>
/// <param name="Offset">The offset from UTC that stands behind them; null where there is none.</param>
internal readonly record struct WrittenTime(DateTime Clock, TimeSpan? Offset);
