using MarketoLambda.Sync.Failures;
namespace MarketoLambda.Sync.Outages;

/// <summary>What is known of a run that failed and could not tell Marketo.</summary>
public sealed record OutageFacts
{
    /// <summary>API name of the imported object.</summary>
    public required string Job { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Why the run failed.</summary>
    public required string Failure { get; init; }

    /// <summary>Why that could not be recorded; null when the state could not even be read.</summary>
    public required string? RecordingFailure { get; init; }

    /// <summary>Why Marketo could not be told.</summary>
    public required FailureKind Cause { get; init; }

    /// <summary>Records that were finished but may have to be sent again, because no checkpoint says so.</summary>
    public required long Finished { get; init; }

    /// <summary>The outage, this run included.</summary>
    public required Outage Outage { get; init; }
}
