using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Batching;

/// <summary>What became of a batch.</summary>
/// <param name="Refused">The records that Marketo refused.</param>
/// <param name="Fallbacks">Versions that refused ones had replaced, and that Marketo took instead: at most one of a key.</param>
/// <param name="Calls">What Marketo answered, in this order.</param>
internal sealed record DeliveryAnswer(
    IReadOnlyList<RejectedRecord> Refused,
    IReadOnlyList<MappedRecord> Fallbacks,
    IReadOnlyList<AnsweredCall> Calls)
{
    /// <summary>What became of the records that went through.</summary>
    public WriteCounts Written => WriteCounts.From(Calls.SelectMany(call => call.Results));
}

/// <summary>A call, and Marketo's answer for each of its records.</summary>
internal sealed record AnsweredCall(IReadOnlyList<MappedRecord> Records, IReadOnlyList<RecordResult> Results);
