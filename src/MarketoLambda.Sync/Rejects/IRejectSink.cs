using MarketoLambda.Sync.Mapping;
namespace MarketoLambda.Sync.Rejects;

/// <summary>Keeps rejected records, so that the mark may pass them.</summary>
public interface IRejectSink
{
    /// <summary>Where people find the rejects of that job.</summary>
    string Describe(string apiName);

    /// <summary>Stores the rejects. They are durable when the task completes; a repeated run may store one again.</summary>
    Task StoreAsync(string apiName, IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken);
}
