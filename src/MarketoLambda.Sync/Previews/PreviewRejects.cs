using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Previews;

/// <summary>Counts rejects, and keeps none.</summary>
/// <param name="book">The open rejects as they are; null where there are none.</param>
internal sealed class PreviewRejects(RejectBook? book) : IRunRejects
{
    private readonly Dictionary<(string Code, string? Field), PredictedRejects> _groups = [];

    public RejectCounters? Counters => null;

    public long Resolved => 0;

    public long Dismissed => 0;

    public GivenUpRejects? GivenUp => null;

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<PredictedRejects> Groups =>
        [.. _groups.Values.OrderByDescending(group => group.Count).ThenBy(group => group.Code, StringComparer.Ordinal)];

    public bool MayCorrect(SourceRecord row) => book?.MayCorrect(row) == true;

    public Task<HeldRejects> HoldAsync(IReadOnlyList<MappedRecord> records, CancellationToken cancellationToken) =>
        Task.FromResult(HeldRejects.None);

    public Task<int> AcknowledgeAsync(
        HeldRejects held,
        DeliveryAnswer answer,
        IReadOnlyList<RejectedRecord> unsent,
        CancellationToken cancellationToken)
    {
        foreach (var reject in answer.Refused.Concat(unsent))
        {
            var group = _groups.GetValueOrDefault((reject.Code, reject.Field))
                ?? new PredictedRejects(reject.Code, reject.Field, reject.Reason, Count: 0, reject.Location.ToString());
            _groups[(reject.Code, reject.Field)] = group with { Count = group.Count + 1 };
        }

        return Task.FromResult(0);
    }

    public Task EndAsync(SourceEnd end, CancellationToken cancellationToken) => Task.CompletedTask;

    public bool ConcernsEnd(SourceEnd end) => false;

    public Task<bool> RetryAsync(RejectWork? asked, RetryMeans means, CancellationToken cancellationToken) => Task.FromResult(true);
}
