using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Rejects that only people read: in a file or a bucket. They are never tried again by the program.</summary>
/// <remarks>
/// Open ones that an earlier run left in Marketo are not tried again either: nobody would see which of them are superseded meanwhile.
/// </remarks>
internal sealed class SinkRejects(string apiName, RejectCounters? before, IRejectSink sink) : IRunRejects
{
    public RejectCounters? Counters { get; } = before is { Next: { } next } ? new RejectCounters(next, next) : before;

    public long Resolved => 0;

    public long Dismissed => 0;

    public GivenUpRejects? GivenUp => null;

    public bool MayCorrect(SourceRecord row) => false;

    public Task<HeldRejects> HoldAsync(IReadOnlyList<MappedRecord> records, CancellationToken cancellationToken) =>
        Task.FromResult(HeldRejects.None);

    public async Task<int> AcknowledgeAsync(
        HeldRejects held,
        DeliveryAnswer answer,
        IReadOnlyList<RejectedRecord> unsent,
        CancellationToken cancellationToken)
    {
        if (answer.Refused.Count + unsent.Count > 0)
        {
            await sink.StoreAsync(apiName, [.. answer.Refused, .. unsent], cancellationToken);
        }

        return 0; // none is tried again, so none waits
    }

    public Task<bool> RetryAsync(RejectWork? asked, RetryMeans means, CancellationToken cancellationToken) => Task.FromResult(true);

    public bool ConcernsEnd(SourceEnd end) => false;

    public Task EndAsync(SourceEnd end, CancellationToken cancellationToken) => Task.CompletedTask;
}
