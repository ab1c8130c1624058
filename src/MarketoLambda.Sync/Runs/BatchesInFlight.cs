using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Sync.Runs;

/// <summary>Batches on their way: several at once, but a key in at most one of them, and each acknowledged when it is answered.</summary>
internal sealed class BatchesInFlight(
    BatchDelivery delivery,
    IRunRejects rejects,
    RejectBreaker breaker,
    CommittedPrefix prefix,
    KeyCasing casing,
    TransferLimits limits)
{
    /// <summary>Batches begun behind the oldest unanswered one: bounds memory while a call hangs and the others go through.</summary>
    private const int MaxUnpassed = 60;

    private readonly KeysInFlight _keys = new();
    private readonly List<SentBatch> _sent = [];

    /// <summary>A record of that key, or of one that may be the same, is on its way.</summary>
    public bool Holds(RecordKey key) => _keys.Holds(key);

    /// <summary>
    /// Waits until the batch may be sent: there is room for a call, not too many batches wait for an earlier one, and none of its keys is
    /// on its way.
    /// </summary>
    public async ValueTask MakeRoomAsync(Batch batch, CancellationToken cancellationToken)
    {
        while (_sent.Count >= limits.CallsInFlight || prefix.Unpassed >= MaxUnpassed || _keys.Overlaps(batch))
        {
            await AcknowledgeOneAsync(cancellationToken);
        }
    }

    /// <summary>Begins to send it. Call it when there is room.</summary>
    public async ValueTask SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        var held = await rejects.HoldAsync(batch.Records, cancellationToken);
        _keys.Add(batch);
        prefix.Begin(batch);
        _sent.Add(new SentBatch(batch, held, delivery.SendAsync(batch, cancellationToken)));
    }

    /// <summary>Waits until all are answered.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_sent.Count > 0)
        {
            await AcknowledgeOneAsync(cancellationToken);
        }
    }

    /// <summary>After a failure the other calls are still answered: what they finished counts.</summary>
    public async Task DrainAfterFailureAsync(CancellationToken cancellationToken)
    {
        while (_sent.Count > 0)
        {
            try
            {
                await AcknowledgeOneAsync(cancellationToken);
            }
#pragma warning disable CA1031 // the first failure is the one that counts
            catch
#pragma warning restore CA1031
            {
                // This batch stays unfinished, and with it everything behind it.
            }
        }
    }

    /// <remarks>
    /// The order is what keeps records: refused ones are stored as rejects first, then the batch counts as finished, and only then may the
    /// position be saved behind it.
    /// </remarks>
    private async Task AcknowledgeOneAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_sent.Select(sent => sent.Answer));
        var index = _sent.FindIndex(sent => sent.Answer.IsCompleted);
        var (batch, held, answer) = _sent[index];
        _sent.RemoveAt(index);
        var delivered = await answer;
        var superseded = batch.Superseded - delivered.Fallbacks.Count; // a fallback was accepted after all
        breaker.Check(batch.Items, [.. delivered.Refused, .. batch.Rejects]);
        var waiting = await rejects.AcknowledgeAsync(held, delivered, batch.Rejects, cancellationToken);
        _keys.Remove(batch);
        prefix.Finish(
            batch,
            delivered.Refused.Count + batch.Rejects.Count - waiting,
            waiting,
            superseded,
            delivered.Written);
        Learn(delivered.Calls);
        batch.Forget();
        await limits.AfterBatch();
    }

    private void Learn(IReadOnlyList<AnsweredCall> calls)
    {
        if (!casing.IsAsked)
        {
            return;
        }

        foreach (var (record, id) in calls.SelectMany(call => call.Results.Select(result => (call.Records[result.Position], result.Id))))
        {
            if (id is not null)
            {
                casing.Learn(record.Key, id);
            }
        }
    }

    private sealed record SentBatch(Batch Batch, HeldRejects Held, Task<DeliveryAnswer> Answer);
}
