namespace MarketoLambda.Sync.Sources;

/// <summary>
/// Tells a source which records below the mark are wanted all the same: those of which a version is among the open rejects.
/// </summary>
public interface IWantedRecords
{
    /// <summary>The record is the rejected version, or a later one of its key, or stands at the place of one that had no key.</summary>
    bool Wants(SourceRecord record);

    /// <summary>The open reject that a row corrects; null where it is over, held back or not known.</summary>
    RejectedPlace? Corrected(SourceRecord record);
}

/// <summary>An open reject, to which a corrected row belongs.</summary>
/// <param name="Place">Where the rejected version stands: the corrected one takes its place among the versions of its record.</param>
/// <param name="IsOfSameKey">The row has the reject's key: then no newer version was sent, or the reject would not be open.</param>
public sealed record RejectedPlace(SourcePlace Place, bool IsOfSameKey);
