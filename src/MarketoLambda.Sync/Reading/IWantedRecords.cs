namespace MarketoLambda.Sync.Reading;

/// <summary>Tells a source which records below the mark are wanted all the same: those of which a version is among the open rejects.</summary>
public interface IWantedRecords
{
    /// <summary>The record is the rejected version, or a later one of its key, or stands at the place of one that had no key.</summary>
    bool Wants(SourceRecord record);
}
