using System.Text.Json.Serialization;
using MarketoLambda.Marketo.Wire;

namespace MarketoLambda.Marketo.Records;

/// <summary>What a sync or delete call answers for one record.</summary>
internal sealed record WrittenRecord
{
    /// <summary>Of one record; more say nothing more.</summary>
    private const int MaxReasons = 10;

    public int? Seq { get; init; }

    [JsonPropertyName("marketoGUID")]
    public string? MarketoGuid { get; init; }

    /// <summary>Where records are numbered.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? Id { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<CodeAndMessage?>? Reasons { get; init; }

    /// <summary>What custom activities have in place of <see cref="Reasons"/>. Source: Adobe, rest-api/activities.</summary>
    public IReadOnlyList<CodeAndMessage?>? Errors { get; init; }

    /// <summary>
    /// Whether the answers are those to so many records: one for each, in input order as far as they say, each with a known status.
    /// </summary>
    /// <remarks>Anything else finishes nothing, since it would have to be guessed which record it is about.</remarks>
    public static bool Answer(MarketoResponse<WrittenRecord> response, int recordCount, AnswerNumbering numbering) =>
        response.Result is { } result
        && result.Count == recordCount
        && result.Index().All(item =>
            item.Item is { } record
            && (record.Seq == item.Index || (numbering == AnswerNumbering.ByOrder && record.Seq is null))
            && WireNames.ParseStatus(record.Status) is not null);

    /// <param name="position">Its place in the answer, as <see cref="Answer"/> has checked it.</param>
    public RecordResult ToResult(int position) =>
        new(
            position,
            WireNames.ParseStatus(Status) ?? throw new InvalidOperationException("Not checked by Answer."),
            MarketoGuid ?? Id,
            [
                .. (Reasons ?? Errors ?? [])
                    .OfType<CodeAndMessage>()
                    .Take(MaxReasons)
                    .Select(reason => new MarketoReason(reason.Code ?? "", reason.Message ?? "")),
            ]);
}
