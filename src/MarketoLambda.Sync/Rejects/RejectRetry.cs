using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Sends rejects again, through the same mapping, batches and delivery as new records.</summary>
/// <remarks>
/// Of versions of one key, a call holds one, and is acknowledged before the next is sent: an older one never goes after a newer one that
/// Marketo took.
/// </remarks>
internal sealed class RejectRetry(MarketoRejects rejects, RejectBook book, RetryMeans means, bool takesHeld)
{
    private readonly List<(RejectRow Row, MappedRecord Record)> _sending = [];
    private readonly List<RejectRow> _unsent = [];
    private Batch _batch = new(means.Job.Target, means.RecordsPerCall);

    /// <summary>Sends what can be sent, in the order of its numbers, and says of each what became of it.</summary>
    public async Task SendAsync(IReadOnlyList<RejectRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            if (MayBeSent(row))
            {
                await AddAsync(row, cancellationToken);
            }
        }

        await FlushAsync(cancellationToken);
    }

    /// <summary>A version sent meanwhile may have replaced it.</summary>
    private bool MayBeSent(RejectRow row) => book.Find(row.Number) is { CanBeRetried: true } reject && (takesHeld || !reject.IsHeld);

    private async Task AddAsync(RejectRow row, CancellationToken cancellationToken)
    {
        switch (Prepare(row))
        {
            case MappingResult.Mapped(var record):
                await AddAsync(row, record, cancellationToken);
                break;
            case MappingResult.Rejected(var rejected):
                _unsent.Add(Refused(row, rejected));
                break;
        }
    }

    private async Task AddAsync(RejectRow row, MappedRecord record, CancellationToken cancellationToken)
    {
        if (_sending.Any(other => other.Record.Key.Folded == record.Key.Folded) || !_batch.TryAdd(record))
        {
            await FlushAsync(cancellationToken);
            if (!MayBeSent(row))
            {
                return;
            }

            if (!_batch.TryAdd(record))
            {
                throw new InvalidOperationException("A payload that fits into a field of Marketo is larger than a call.");
            }
        }

        _sending.Add((row, record));
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var held = await rejects.HoldBeforeAsync(Sending(), cancellationToken);
        await AllowAgainAsync(cancellationToken);
        var answers = await SendAsync(_batch, means, cancellationToken);
        var refusals = answers.ToDictionary(answer => answer.Key ?? "", StringComparer.Ordinal);
        var resolved = _sending.Where(sent => !refusals.ContainsKey(sent.Record.Key.Text)).Select(sent => sent.Row).ToList();
        var refused = _sending
            .Where(sent => refusals.ContainsKey(sent.Record.Key.Text))
            .Select(sent => Refused(sent.Row, refusals[sent.Record.Key.Text]));
        await rejects.AcknowledgeRetryAsync(held, resolved, [.. _unsent, .. refused], answers, cancellationToken);
        _sending.Clear();
        _unsent.Clear();
        _batch = new Batch(means.Job.Target, means.RecordsPerCall);
    }

    /// <summary>Only a person takes rejects that are held, and has looked them up.</summary>
    private Task AllowAgainAsync(CancellationToken cancellationToken)
    {
        EncodedRecord[] lookedUp = [.. _sending.Where(sent => sent.Row.MayBeThere).Select(sent => sent.Record.Json)];
        return lookedUp.Length == 0 ? Task.CompletedTask : means.Target.AllowAgainAsync(lookedUp, cancellationToken);
    }

    private IEnumerable<(OpenReject Reject, MappedRecord Record)> Sending() =>
        _sending.SelectMany<(RejectRow Row, MappedRecord Record), (OpenReject, MappedRecord)>(sent =>
            book.Find(sent.Row.Number) is { } reject ? [(reject, sent.Record)] : []);

    /// <summary>What is refused as a whole stays where it is: old rejects must not keep what is new from being imported.</summary>
    private static async Task<IReadOnlyList<RejectedRecord>> SendAsync(Batch batch, RetryMeans means, CancellationToken cancellationToken)
    {
        try
        {
            return (await means.Delivery.SendAsync(batch, cancellationToken)).Refused; // of each key it holds one version
        }
        catch (JobMismatchException mismatch)
        {
            return AllRefused(batch, mismatch.Code, "Marketo refused all records of the retry, because the job or its object has changed.");
        }
        catch (MarketoException failure) when (failure.MayBeContent)
        {
            // Nothing newer may be sent before
            await means.Deadline.WaitUntilAsync((failure as MarketoUnavailableException)?.MayRunUntil, cancellationToken);
            return AllRefused(batch, failure.Code, $"The retry failed as a whole: {failure.Message}");
        }
    }

    private static IReadOnlyList<RejectedRecord> AllRefused(Batch batch, string? code, string reason) =>
        [.. batch.Records.Select(record => new RejectedRecord(record.Location, record.Key.Text, code ?? "refused", reason))];

    private MappingResult Prepare(RejectRow row)
    {
        var key = RecordKey.Parse(row.Key ?? "", means.Job.KeyFields.Count);
        switch (RejectPayload.Read(row.Payload ?? "", means.Job.Columns))
        {
            case StoredPayload.Sent(var sent):
                return new MappingResult.Mapped(new MappedRecord(key, sent, row.Location) { CursorValue = row.SourceStamp });
            case StoredPayload.Row(var values):
                var result = means.Mapper.Map(new SourceRecord(row.Location, values) { CursorValue = row.SourceStamp });
                return result is MappingResult.Mapped(var mapped) && mapped.Key != key
                    ? Rejected(
                        row,
                        "key-changed",
                        "The job now gives the record another key, and newer versions under that key are not known: import it from the "
                            + "source again.")
                    : result;
            default:
                return Rejected(
                    row,
                    "unreadable-payload",
                    "Somebody has changed the payload to what is none: import the record from the source again.");
        }
    }

    private static MappingResult.Rejected Rejected(RejectRow row, string code, string reason) =>
        new(new RejectedRecord(row.Location, row.Key, code, reason));

    private static RejectRow Refused(RejectRow row, RejectedRecord reject) =>
        row with
        {
            Code = reject.Code,
            Reason = reject.Reason,
            Stage = reject.MayBeThere ? RejectStage.Held : row.Stage,
            Attempts = row.Attempts + 1,
        };
}
