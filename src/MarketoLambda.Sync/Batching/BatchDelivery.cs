using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Batching;

/// <summary>
/// Sends batches. One that Marketo refuses as a whole for what is in it is sent in parts, and these in parts, until the records to blame
/// are alone.
/// </summary>
/// <remarks>
/// <para>Of one batch one call at a time is under way, so the limit on calls and the keys in flight stay what they are. After a
/// clear refusal the parts are halves, which costs the fewest calls, and go in source order: a record Marketo takes for an earlier one
/// comes after it.</para>
/// <para>A call that failed with an unclear code (500, 611) at every try may have been refused for what is in it, or because
/// Marketo is down. Its parts are sent when nothing of it can be running any more; since that costs two minutes each time, they are many
/// and small. A record is to blame only if every call with it fails, at three different times, and another record goes through after that:
/// else it is an outage, and the run fails. An outage ends the search early, too: some parts must go through if the others are to
/// blame.</para>
/// </remarks>
internal sealed class BatchDelivery(string job, ITargetWriter target, RunDeadline deadline)
{
    /// <summary>Calls in a row, of all batches, that may be refused before it is no matter of single records any more.</summary>
    /// <remarks>Five bad records of a batch seldom cost so many in a row; five batches in an outage start with 5.</remarks>
    private const int MaxRefusedInARow = 20;

    /// <summary>A part of so many records is sent record by record next; the square root of a full batch.</summary>
    private const int Width = 18;

    /// <summary>How long a call may go on after an unclear answer.</summary>
    private readonly TimeSpan _holdOff = target.Target.Limits.MaxExecution;

    private int _refusedInARow;

    /// <summary>
    /// Gets every record of the batch answered. Where one is refused, the version whose place it had taken is sent, and so on down to one
    /// that Marketo takes.
    /// </summary>
    /// <returns>What was refused, and what went through in its place.</returns>
    /// <exception cref="MarketoException">Marketo failed, or the records are not to blame.</exception>
    /// <exception cref="JobMismatchException">
    /// Every record of a call was refused for what is wrong with the job or the subscription.
    /// </exception>
    public async Task<DeliveryAnswer> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        using var activity = BatchActivity.Start(job, batch.Records.Count);
        using var records = StopRequest.EnterRecords();
        DeliveryRound round = new(batch.Records);
        await SendAsync(round, cancellationToken);
        DeliveryAnswer answer = new(round.Refused, [], round.Calls);
        while (round.Earlier is { Count: > 0 } earlier)
        {
            round = new DeliveryRound(earlier) { Control = round.Control };
            await SendAsync(round, cancellationToken);
            answer = answer with { Fallbacks = [.. answer.Fallbacks, .. round.Accepted], Calls = [.. answer.Calls, .. round.Calls] };
        }

        return answer;
    }

    private async Task SendAsync(DeliveryRound round, CancellationToken cancellationToken)
    {
        while (round.Parts.First?.Value is { Records.Count: > 0 } part)
        {
            round.Parts.RemoveFirst();
            await deadline.WaitUntilAsync(part.NotBefore, cancellationToken);
            try
            {
                round.Answer(part, await SendAsync(part, isFirst: round.Control is null, cancellationToken));
            }
            catch (MarketoException failure) when (failure.MayBeContent)
            {
                if (Interlocked.Increment(ref _refusedInARow) > MaxRefusedInARow)
                {
                    throw;
                }

                if (part.Records.Count > 1)
                {
                    Split(round.Parts, part, failure);
                }
                else if (failure is MarketoUnavailableException unclear)
                {
                    round.Suspects.Add(new DeliverySuspect(part.Records[0], unclear));
                }
                else
                {
                    round.Reject(RecordRefusals.From(part.Records[0], failure));
                }
            }
        }

        await ConfirmAsync(round, cancellationToken);
    }

    private async Task<IReadOnlyList<RecordResult>> SendAsync(DeliveryPart part, bool isFirst, CancellationToken cancellationToken)
    {
        var records = part.Records.Select(record => record.Json).ToArray();
        var results = part.Records[0].IsDeletion
            ? await target.DeleteAsync(records, part.Purpose, cancellationToken)
            : await target.UpsertAsync(records, part.Purpose, cancellationToken);
        Interlocked.Exchange(ref _refusedInARow, 0);
        if (isFirst)
        {
            RecordRefusals.ThrowIfMisconfigured(job, results);
        }

        return results;
    }

    private void Split(LinkedList<DeliveryPart> parts, DeliveryPart part, MarketoException failure)
    {
        if (failure is not MarketoUnavailableException { MayRunUntil: var mayRunUntil })
        {
            var half = (part.Records.Count + 1) / 2;
            parts.AddFirst(part.With([.. part.Records.Skip(half)]));
            parts.AddFirst(part.With([.. part.Records.Take(half)]));
            return;
        }

        var size = SizeOfParts(part.Records.Count);
        ThrowUnlessThereIsTime(holdOffs: size == 1 ? 2 : 3, failure);
        foreach (var records in part.Records.Chunk(size))
        {
            parts.AddLast(part.With(records) with { NotBefore = mayRunUntil });
        }
    }

    /// <summary>Two levels lead from any batch to single records.</summary>
    private static int SizeOfParts(int records) => records <= Width ? 1 : (int)Math.Ceiling(Math.Sqrt(records));

    /// <summary>
    /// One hold-off for each level, and one before the experiment at the end. A search that the deadline cuts short would start anew, run
    /// after run.
    /// </summary>
    private void ThrowUnlessThereIsTime(int holdOffs, MarketoException failure)
    {
        if (!deadline.HasRoomFor(_holdOff * holdOffs))
        {
            throw failure;
        }
    }

    /// <summary>The experiment that tells a bad record from an outage: does one that is known to go through still do so?</summary>
    private async Task ConfirmAsync(DeliveryRound round, CancellationToken cancellationToken)
    {
        if (round.Suspects.Count == 0)
        {
            return;
        }

        if (round.Control is null)
        {
            throw round.Suspects[0].Failure;
        }

        await deadline.WaitUntilAsync(round.Suspects.Max(suspect => suspect.Failure.MayRunUntil), cancellationToken);
        await SendAsync(new DeliveryPart([round.Control], CallPurpose.Import, NotBefore: null), isFirst: false, cancellationToken);
    }
}
