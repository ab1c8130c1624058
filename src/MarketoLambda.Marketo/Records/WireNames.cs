namespace MarketoLambda.Marketo.Records;

/// <summary>Marketo's words for our enums.</summary>
internal static class WireNames
{
    public const string MarketoGuid = "marketoGUID";

    public static string From(SyncAction action) => action switch
    {
        SyncAction.CreateOrUpdate => "createOrUpdate",
        SyncAction.CreateOnly => "createOnly",
        SyncAction.UpdateOnly => "updateOnly",
        SyncAction.CreateDuplicate => "createDuplicate",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    public static string From(DedupeBy dedupeBy) => dedupeBy switch
    {
        DedupeBy.DedupeFields => "dedupeFields",
        DedupeBy.IdField => "idField",
        _ => throw new ArgumentOutOfRangeException(nameof(dedupeBy), dedupeBy, null),
    };

    /// <summary>Null for a word that Adobe does not document.</summary>
    public static RecordStatus? ParseStatus(string? word) => word switch
    {
        "created" or "added" => RecordStatus.Created,
        "updated" => RecordStatus.Updated,
        "deleted" or "removed" => RecordStatus.Deleted,
        "skipped" => RecordStatus.Skipped,
        _ => null,
    };
}
