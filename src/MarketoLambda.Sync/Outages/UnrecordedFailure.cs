namespace MarketoLambda.Sync.Outages;

/// <summary>A run failed, and Marketo could not be told.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="StartedAt">When the run started.</param>
/// <param name="Error">Why the run failed.</param>
/// <param name="Cause">The exception behind that.</param>
/// <param name="RecordingFailure">Why it could not be recorded; null when the state could not even be read.</param>
/// <param name="Unrecorded">Records that were finished but may have to be sent again, because no checkpoint says so.</param>
public sealed record UnrecordedFailure(
    string Job,
    DateTimeOffset StartedAt,
    string Error,
    Exception Cause,
    Exception? RecordingFailure,
    long Unrecorded);

/// <summary>An alert that tells of a run.</summary>
/// <param name="StandsSince">When an earlier run sent it; null when this run did.</param>
public sealed record Alert(DateTimeOffset? StandsSince);
