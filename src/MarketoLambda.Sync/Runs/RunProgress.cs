namespace MarketoLambda.Sync.Runs;

/// <summary>Where a run is, for people watching.</summary>
/// <param name="Accepted">Records Marketo accepted so far.</param>
/// <param name="Rejected">Records rejected and stored so far.</param>
/// <param name="Skipped">Records below the mark, passed over.</param>
/// <param name="Fraction">Share of the source that was read, 0 to 1; null where the source cannot tell.</param>
/// <param name="Elapsed">Since the run started.</param>
public readonly record struct RunProgress(long Accepted, long Rejected, long Skipped, double? Fraction, TimeSpan Elapsed);
