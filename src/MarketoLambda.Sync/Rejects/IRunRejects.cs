using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Rejects;

/// <summary>The rejects of one run. Used by one caller at a time; everything is durable when its task completes.</summary>
internal interface IRunRejects
{
    /// <summary>To be stored with the run's position; null where the state object has no room for it.</summary>
    RejectCounters? Counters { get; }

    /// <summary>Earlier rejects that Marketo took in this run.</summary>
    long Resolved { get; }

    /// <summary>Rejects that somebody let go of in this run.</summary>
    long Dismissed { get; }

    /// <summary>Rejects that waited, and are not tried again by themselves any more since this run; null where there are none.</summary>
    GivenUpRejects? GivenUp { get; }

    /// <summary>
    /// Whether a row may be sent that corrects a reject, in whose place it stands: nothing newer was sent since. Call it when nothing of
    /// the row's key is on its way.
    /// </summary>
    bool MayCorrect(SourceRecord row);

    /// <summary>
    /// Call it before records are sent: what they replace is not tried again from here on, and stays open until they are accepted.
    /// </summary>
    Task<HeldRejects> HoldAsync(IReadOnlyList<MappedRecord> records, CancellationToken cancellationToken);

    /// <summary>
    /// Call it when Marketo has answered, before the position moves: closes what was replaced, and stores what was rejected.
    /// </summary>
    /// <param name="held">What was held back for these records.</param>
    /// <param name="answer">What Marketo refused, and what went through in its place.</param>
    /// <param name="unsent">Rejects that were never sent; of one key they are later versions than what was sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many of those that were stored wait for the person or record that they name.</returns>
    Task<int> AcknowledgeAsync(
        HeldRejects held,
        DeliveryAnswer answer,
        IReadOnlyList<RejectedRecord> unsent,
        CancellationToken cancellationToken);

    /// <summary>A file was read to its end: rejects without a key from it that did not come again are over.</summary>
    Task EndAsync(SourceEnd end, CancellationToken cancellationToken);

    /// <summary>Whether <see cref="EndAsync"/> has anything to do, once all that was read is acknowledged.</summary>
    bool ConcernsEnd(SourceEnd end);

    /// <summary>Tries rejects again, or lets go of them. Call it before anything newer is sent.</summary>
    /// <param name="asked">What somebody asks for; null for those that may pass by themselves.</param>
    /// <param name="means">What it takes.</param>
    /// <param name="cancellationToken">Gives up; what was resolved stays so.</param>
    /// <returns>False when time was up before all were tried.</returns>
    Task<bool> RetryAsync(RejectWork? asked, RetryMeans means, CancellationToken cancellationToken);
}
