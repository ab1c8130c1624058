namespace MarketoLambda.Testing.Simulation;

/// <summary>What ends a run from outside.</summary>
/// <param name="CutOffAfter">The process is killed then; it knows that, as a Lambda function does.</param>
/// <param name="StopAfter">Someone asks it to stop.</param>
/// <param name="IsRetry">It tries rejects again and reads nothing.</param>
public readonly record struct RunLimits(TimeSpan? CutOffAfter = null, TimeSpan? StopAfter = null, bool IsRetry = false);
