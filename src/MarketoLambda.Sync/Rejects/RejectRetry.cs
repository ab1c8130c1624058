using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Sends rejects again, through the same mapping, batches and delivery as new records.</summary>
internal static class RejectRetry
{
    /// <summary>Sends what can be sent, in the order of its numbers.</summary>
    /// <returns>Rejects that Marketo took, and those refused again, with the new reason.</returns>
    public static async Task<(IReadOnlyList<RejectRow> Resolved, IReadOnlyList<RejectRow> Refused)> SendAsync(IReadOnlyList<RejectRow> rows, RetryMeans means, CancellationToken cancellationToken)
    {
        List<RejectRow> resolved = [], refused = [], sending = [];
        Batch batch = new(means.RecordsPerCall);
        foreach (var row in rows)
        {
            var (record, reject) = Prepare(row, means.Mapper);
            if (record is null)
            {
                refused.Add(Refused(row, reject!));
                continue;
            }

            if (sending.Any(other => other.Key == row.Key) || !batch.TryAdd(record))
            {
                await FlushAsync();
                if (!batch.TryAdd(record))
                {
                    throw new InvalidOperationException("A payload that fits into a field of Marketo is larger than a call.");
                }
            }

            sending.Add(row);
        }

        await FlushAsync();
        return (resolved, refused);

        async Task FlushAsync()
        {
            var answers = (await SendAsync(batch, means, cancellationToken)).ToDictionary(answer => answer.Key ?? "", StringComparer.Ordinal);
            foreach (var row in sending)
            {
                if (answers.TryGetValue(row.Key ?? "", out var answer))
                {
                    refused.Add(Refused(row, answer));
                }
                else
                {
                    resolved.Add(row);
                }
            }

            sending = [];
            batch = new Batch(means.RecordsPerCall);
        }
    }

    /// <summary>What is refused as a whole stays where it is: old rejects must not keep what is new from being imported.</summary>
    private static async Task<IReadOnlyList<RejectedRecord>> SendAsync(Batch batch, RetryMeans means, CancellationToken cancellationToken)
    {
        try
        {
            return await means.Delivery.SendAsync(batch, cancellationToken);
        }
        catch (JobMismatchException mismatch)
        {
            return AllRefused(batch, mismatch.Code, "Marketo refused all records of the retry, because the job or its object has changed.");
        }
        catch (MarketoException failure) when (failure.MayBeContent)
        {
            await means.Deadline.WaitUntilAsync((failure as MarketoUnavailableException)?.MayRunUntil, cancellationToken); // nothing newer may be sent before
            return AllRefused(batch, failure.Code, $"The retry failed as a whole: {failure.Message}");
        }
    }

    private static IReadOnlyList<RejectedRecord> AllRefused(Batch batch, string? code, string reason) =>
        [.. batch.Records.Select(record => new RejectedRecord(record.Location, record.Key.Text, code ?? "refused", reason))];

    private static (MappedRecord? Record, RejectedRecord? Reject) Prepare(RejectRow row, RecordMapper mapper)
    {
        var key = RecordKey.Parse(row.Key ?? "", mapper.Job.KeyFields.Count);
        switch (RejectPayload.Read(row.Payload ?? "", mapper.Job.Columns))
        {
            case { Record: { } sent }:
                return (new MappedRecord(key, sent, row.Location), null);
            case { Row: { } values }:
                var (mapped, reject) = mapper.Map(new SourceRecord(row.Location, values));
                return mapped is null || mapped.Key == key
                    ? (mapped, reject)
                    : (null, new RejectedRecord(row.Location, row.Key, "key-changed", "The job now gives the record another key, and newer versions under that key are not known: import it from the source again."));
            default:
                return (null, new RejectedRecord(row.Location, row.Key, "unreadable-payload", "Somebody has changed the payload to what is none: import the record from the source again."));
        }
    }

    private static RejectRow Refused(RejectRow row, RejectedRecord reject) => row with { Code = reject.Code, Reason = reject.Reason, Attempts = row.Attempts + 1 };
}
