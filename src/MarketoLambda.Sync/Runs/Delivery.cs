using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Sync.Runs;

/// <summary>Sends batches. One that Marketo refuses as a whole for what is in it is sent in parts, and these in parts, until the records to blame are alone.</summary>
/// <remarks>
/// <para>Of one batch one call at a time is under way, so the limit on calls and the keys in flight stay what they are. After a
/// clear refusal the parts are halves, which costs the fewest calls, and go in source order: a record Marketo takes for an earlier one comes after it.</para>
/// <para>A call that failed with an unclear code (500, 611) at every try may have been refused for what is in it, or because
/// Marketo is down. Its parts are sent when nothing of it can be running any more; since that costs two minutes each time, they are many and small.
/// A record is to blame only if every call with it fails, at three different times, and another record goes through after that: else it is an outage,
/// and the run fails. An outage ends the search early, too: some parts must go through if the others are to blame.</para>
/// </remarks>
internal sealed class Delivery(string apiName, CustomObjectsClient customObjects, RunDeadline deadline)
{
    /// <summary>Calls in a row, of all batches, that may be refused before it is no matter of single records any more.</summary>
    /// <remarks>Five bad records of a batch seldom cost so many in a row; five batches in an outage start with 5.</remarks>
    private const int MostRefusedInARow = 20;

    /// <summary>A part of so many records is sent record by record next; the square root of a full batch.</summary>
    private const int Width = 18;

    /// <summary>How long a call may go on after an unclear answer. Source: Adobe, rest-api/custom-objects, "Timeouts".</summary>
    private static readonly TimeSpan HoldOff = TimeSpan.FromSeconds(120);

    private int _refusedInARow;

    /// <summary>Gets every record of the batch answered.</summary>
    /// <returns>The records that were refused.</returns>
    /// <exception cref="MarketoException">Marketo failed, or the records are not to blame.</exception>
    /// <exception cref="JobMismatchException">Every record of a call was refused for what is wrong with the job or the subscription.</exception>
    public async Task<IReadOnlyList<RejectedRecord>> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        using var activity = RunInstruments.StartBatch(apiName, batch.Records.Count);
        List<RejectedRecord> refused = [];
        LinkedList<Part> parts = [];
        List<Suspect> suspects = [];
        MappedRecord? witness = null;
        parts.AddLast(new Part(batch.Records, CallPurpose.Import, NotBefore: null));
        while (parts.First?.Value is { Records.Count: > 0 } part)
        {
            parts.RemoveFirst();
            await deadline.WaitUntilAsync(part.NotBefore, cancellationToken);
            try
            {
                var results = await SendAsync(part, cancellationToken);
                witness = part.Records[0];
                AddAgain(parts, part, results);
                refused.AddRange(RecordRefusals.Of(part.Records, results));
            }
            catch (MarketoException failure) when (failure.MayBeContent)
            {
                if (Interlocked.Increment(ref _refusedInARow) > MostRefusedInARow)
                {
                    throw;
                }

                if (part.Records.Count > 1)
                {
                    Split(parts, part, failure);
                }
                else if (failure is MarketoUnavailableException unclear)
                {
                    suspects.Add(new Suspect(part.Records[0], unclear));
                }
                else
                {
                    refused.Add(RecordRefusals.Of(part.Records[0], failure));
                }
            }
        }

        await ConvictAsync(suspects, witness, cancellationToken);
        return [.. refused, .. suspects.Select(suspect => RecordRefusals.Of(suspect.Record, suspect.Failure))];
    }

    private async Task<IReadOnlyList<RecordResult>> SendAsync(Part part, CancellationToken cancellationToken)
    {
        var records = part.Records.Select(record => record.Json).ToArray();
        var results = part.Records[0].IsDeletion
            ? await customObjects.DeleteAsync(apiName, DedupeBy.DedupeFields, records, part.Purpose, cancellationToken)
            : await customObjects.SyncAsync(apiName, SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, records, part.Purpose, cancellationToken);
        Interlocked.Exchange(ref _refusedInARow, 0);
        RecordRefusals.ThrowIfMisconfigured(apiName, results);
        return results;
    }

    private void Split(LinkedList<Part> parts, Part part, MarketoException failure)
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

    /// <summary>One hold-off for each level, and one before the experiment at the end. A search that the deadline cuts short would start anew, run after run.</summary>
    private void ThrowUnlessThereIsTime(int holdOffs, MarketoException failure)
    {
        if (!deadline.HasRoomFor(HoldOff * holdOffs))
        {
            throw failure;
        }
    }

    /// <summary>Records that Marketo took for another one of the call go again on their own, behind it.</summary>
    private static void AddAgain(LinkedList<Part> parts, Part part, IReadOnlyList<RecordResult> results)
    {
        if (part.Records.Count > 1)
        {
            foreach (var result in results.Where(RecordRefusals.IsDuplicateInCall).Reverse())
            {
                parts.AddFirst(new Part([part.Records[result.Seq]], CallPurpose.Import, NotBefore: null));
            }
        }
    }

    /// <summary>The experiment that tells a bad record from an outage: does one that is known to go through still do so?</summary>
    private async Task ConvictAsync(List<Suspect> suspects, MappedRecord? witness, CancellationToken cancellationToken)
    {
        if (suspects.Count == 0)
        {
            return;
        }

        if (witness is null)
        {
            throw suspects[0].Failure;
        }

        await deadline.WaitUntilAsync(suspects.Max(suspect => suspect.Failure.MayRunUntil), cancellationToken);
        await SendAsync(new Part([witness], CallPurpose.Import, NotBefore: null), cancellationToken);
    }

    private sealed record Suspect(MappedRecord Record, MarketoUnavailableException Failure);

    /// <param name="Records">In source order.</param>
    /// <param name="Purpose">All tries, or one.</param>
    /// <param name="NotBefore">Until then an earlier call with these records may be running.</param>
    private sealed record Part(IReadOnlyList<MappedRecord> Records, CallPurpose Purpose, DateTimeOffset? NotBefore)
    {
        /// <summary>A part of it: one try each.</summary>
        public Part With(IReadOnlyList<MappedRecord> records) => this with { Records = records, Purpose = CallPurpose.Probe };
    }
}
