using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Rejects that only people read: in a file or a bucket. They are never tried again by the program.</summary>
/// <remarks>Open ones that an earlier run left in Marketo are not tried again either: nobody would see which of them are superseded meanwhile.</remarks>
internal sealed class SinkRejects(string apiName, RejectCounters? before, IRejectSink sink) : IRunRejects
{
    public RejectCounters? Counters { get; } = before is { Next: { } next } ? new RejectCounters(next, next) : before;

    public long Resolved => 0;

    public Task SupersedeAsync(IReadOnlyCollection<string> foldedKeys, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoreAsync(IReadOnlyList<RejectedRecord> rejects, CancellationToken cancellationToken) => sink.StoreAsync(apiName, rejects, cancellationToken);

    public Task<bool> RetryAsync(bool isAsked, RetryMeans means, CancellationToken cancellationToken) => Task.FromResult(true);
}
