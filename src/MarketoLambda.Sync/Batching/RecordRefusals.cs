using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Batching;

/// <summary>Reads from Marketo's answers which records it refused, and why.</summary>
internal static class RecordRefusals
{
    /// <summary>Records that were skipped, without those that are sent again, and those whose outcome is not known.</summary>
    public static IEnumerable<RejectedRecord> From(IReadOnlyList<MappedRecord> records, IReadOnlyList<RecordResult> results) =>
        results
            .Where(result =>
                result.Status == RecordStatus.Unknown
                || (result.Status == RecordStatus.Skipped
                    && !(records.Count > 1 && IsDuplicateInCall(result))
                    && !(records[result.Position].IsDeletion && IsGone(result))))
            .Select(result => From(records[result.Position], result));

    /// <summary>A record that is to blame for the failure of its call.</summary>
    public static RejectedRecord From(MappedRecord record, MarketoException failure) =>
        Reject(
            record,
            failure.Code ?? "refused",
            $"Marketo fails at every call that holds this record, and takes the others: {failure.Message}");

    /// <summary>Alone the record would go through.</summary>
    public static bool IsDuplicateInCall(RecordResult result) =>
        result.Status == RecordStatus.Skipped && result.Reasons.Any(reason => MarketoErrorCatalog.Find(reason.Code).IsDuplicateInCall);

    /// <summary>There is nothing to delete: somebody has done it.</summary>
    private static bool IsGone(RecordResult result) =>
        result.Reasons.Count > 0 && result.Reasons.All(reason => MarketoErrorCatalog.Find(reason.Code).MeansNotFound);

    /// <exception cref="JobMismatchException">No record can go through: not they are wrong.</exception>
    public static void ThrowIfMisconfigured(string apiName, IReadOnlyList<RecordResult> results)
    {
        var causes = results.Select(Misconfiguration).OfType<MarketoError>().ToList();
        if (causes is [var cause, ..] && causes.Count == results.Count)
        {
            throw new JobMismatchException(
                $"Marketo refused every record of a call for {apiName}: {cause.Message} ({cause.Code}): {cause.Remedy}. "
                    + "None of them was rejected; the next run sends them again"
            )
            {
                Code = cause.Code,
            };
        }
    }

    private static MarketoError? Misconfiguration(RecordResult result) => result.Status == RecordStatus.Skipped
        ? result.Reasons.Select(reason => MarketoErrorCatalog.Find(reason.Code)).FirstOrDefault(error => error.MeansMisconfigured)
        : null;

    private static RejectedRecord From(MappedRecord record, RecordResult result) => result.Status == RecordStatus.Unknown
        ? Reject(
            record,
            RejectedRecord.UnknownOutcome,
            "It was sent, and no answer tells whether Marketo has it, so it is not sent again. Look it up in Marketo: if it is there, "
                + "dismiss this reject; if not, retry it by its number.")
        : result.Reasons.Count == 0
        ? Reject(record, "skipped", "Marketo gave no reason.")
        : Reject(
            record,
            string.Join('+', result.Reasons.Select(reason => reason.Code)),
            string.Join("; ", result.Reasons.Select(Sentence)));

    private static RejectedRecord Reject(MappedRecord record, string code, string reason) =>
        new(record.Location, record.Key.Text, code, reason)
        {
            FoldedKey = record.Key.Folded,
            CursorValue = record.CursorValue,
            Payload = record.IsDeletion ? null : RejectPayload.From(record.Json, record.Row),
        };

    private static string Sentence(MarketoReason reason)
    {
        var error = MarketoErrorCatalog.Find(reason.Code);
        return error.WhoActs == WhoActs.DataOwner ? $"{reason.Message}: {error.Remedy}" : reason.Message;
    }
}
