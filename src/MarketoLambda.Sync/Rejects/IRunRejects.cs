using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Rejects;

/// <summary>The rejects of one run. Used by one caller at a time; everything is durable when its task completes.</summary>
internal interface IRunRejects
{
    /// <summary>To be stored with the run's position; null where the state object has no room for it.</summary>
    RejectCounters? Counters { get; }

    /// <summary>Earlier rejects that Marketo took in this run.</summary>
    long Resolved { get; }

    /// <summary>Call it before newer versions of these records are sent, so that no older one is tried again later.</summary>
    Task SupersedeAsync(IReadOnlyCollection<string> foldedKeys, CancellationToken cancellationToken);

    /// <summary>Stores rejects; call it before the position moves past them.</summary>
    Task StoreAsync(IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken);

    /// <summary>Tries rejects again. Call it before anything newer is sent.</summary>
    /// <param name="isAsked">Somebody asked: all that can be, not only those that may pass by themselves.</param>
    /// <param name="means">What it takes.</param>
    /// <param name="cancellationToken">Gives up; what was resolved stays so.</param>
    /// <returns>False when time was up before all were tried.</returns>
    Task<bool> RetryAsync(bool isAsked, RetryMeans means, CancellationToken cancellationToken);
}
