namespace MarketoLambda.Hosting.Webhooks;

/// <summary>What a web request says that matters here. Its body is never read: nothing of a person can end up anywhere.</summary>
/// <param name="IsRead">GET: the caller wants to know, not to start anything.</param>
/// <param name="ApiName">Name in the path.</param>
/// <param name="Secret">Value of the header <see cref="WebhookSecrets.Header"/>.</param>
/// <param name="BodyBytes">Size of the body.</param>
public sealed record WebhookCall(bool IsRead, string? ApiName, string? Secret, int BodyBytes);

/// <summary>The answer to a web request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">Body; null for none.</param>
public sealed record WebhookAnswer(int Status, string? Json = null);

/// <summary>Answer 202: flat, so that Marketo's response mappings can put it into fields.</summary>
internal sealed record RunAccepted(string Job, string Status, string RequestId);

/// <summary>Why a request was refused.</summary>
internal sealed record WebhookProblem(string Error);

/// <summary>What Marketo remembers of a job, for programs and curious people.</summary>
internal sealed record JobState(
    string Job,
    DateTimeOffset? HighWaterMark,
    string? LastIngestedFileName,
    long? LastIngestedFileRecords,
    DateTimeOffset? EpochStartedAt,
    long TotalRecordsInEpoch,
    long LastRunNumber,
    string? LastRunOutcome,
    DateTimeOffset? LastRunStartedAt,
    DateTimeOffset? LastRunEndedAt,
    long? LastRunRecords,
    long? LastRunRejects,
    string? LastRunError,
    string? LastRunNotices,
    long? OpenRejects,
    long? WaitingRecords);
