namespace MarketoLambda.Hosting.Requests;

/// <summary>Takes run requests to wherever jobs run.</summary>
public interface IRunRequests
{
    /// <summary>
    /// The request is safely queued when the task completes. One with a <see cref="RunRequest.DeduplicationId"/> seen in the last minutes
    /// is dropped.
    /// </summary>
    Task SendAsync(RunRequest request, CancellationToken cancellationToken);
}
