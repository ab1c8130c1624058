namespace MarketoLambda.Sync.Alerts;

/// <summary>What a person on call is told when a run failed and Marketo could not be told.</summary>
/// <param name="Job">API name of the imported object.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">What happened, what is safe, what to do; plain text without secrets or field values.</param>
public sealed record OutageAlert(string Job, string Subject, string Text)
{
    /// <summary>Words the alert for a failure.</summary>
    /// <param name="job">API name of the imported object.</param>
    /// <param name="startedAt">When the run started.</param>
    /// <param name="failure">Why the run failed.</param>
    /// <param name="recordingFailure">Why that could not be recorded; null when the state could not even be read.</param>
    /// <param name="finished">Records that were finished but may have to be sent again, because no checkpoint says so.</param>
    public static OutageAlert Compose(string job, DateTimeOffset startedAt, string failure, string? recordingFailure, long finished) => new(
        job,
        $"MarketoLambda: import into {job} failed and Marketo could not be told",
        $"""
         What happened
           The run of {job} that started at {startedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC failed:
           {failure}

         What could not be recorded
           {(recordingFailure is null ? "The state record could not be read, so nothing was started." : recordingFailure == failure ? "Neither this failure nor how far the run got, for the same reason." : recordingFailure)}
           {(finished == 0 ? "No record was imported since the last checkpoint." : $"{Quantity.Of(finished, "record")} {(finished == 1 ? "was" : "were")} imported since the last checkpoint; the next run sends {(finished == 1 ? "it" : "them")} again, which changes nothing.")}

         What is safe
           Nothing is lost: the checkpoint in Marketo is where it was, and the next run starts there.

         What to do
           Look at Marketo's status page, and check the API user's credentials and permissions.
           When Marketo answers again the next scheduled run catches up by itself; "marketo-lambda run {job}" does it at once.
         """);
}
