using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Rejects;

/// <summary>
/// Records of which a version is among the open rejects: corrected in the source they come below the mark, because their stamp did not
/// move.
/// </summary>
/// <remarks>A record that is older than the rejected version is not wanted: something between the two may be in Marketo.</remarks>
internal sealed class WantedRecords(RejectBook book, RecordMapper mapper) : IWantedRecords
{
    public bool Wants(SourceRecord record) => book.FindKeyless(record.Location).Any()
        || (mapper.KeyOf(record) is { } key && book.FindSameKey(key).Any(reject => !(record.CursorValue < reject.Place.CursorValue)));

    public RejectedPlace? Corrected(SourceRecord record) =>
        record.Corrects is { } mark && book.FindMarked(mark) is { } reject
            ? new RejectedPlace(
                reject.Place,
                reject.Key is { } known && mapper.KeyOf(record) is { } key && OpenReject.FingerprintOf(key.Text) == known)
            : null;
}
