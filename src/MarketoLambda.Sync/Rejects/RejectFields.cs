using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Rejects;

/// <summary>The standalone custom object with one record per reject: what was refused, why, and the values to try again with.</summary>
public static class RejectFields
{
    public const string ObjectApiName = "customObjectSyncReject_c";

    public static TableField Key { get; } = new("rejectKey", "Reject Key", "string", "API name of the job, # and the reject's number");
    public static TableField ApiName { get; } = new("aPIName", "API Name", "string", "API name of the imported object, and of the job");
    public static TableField Number { get; } =
        new("rejectNumber", "Reject Number", "integer", "Number of the reject; the state record names the next one");
    public static TableField Stage { get; } =
        new(
            "stage",
            "Stage",
            "string",
            "open, waiting (for the person or record it names; tried again by itself), held (open, but what may be a newer version was "
                + "sent), resolved (Marketo took it later), superseded (it took a newer version) or dismissed (by a person)"
        );
    public static TableField RecordKey { get; } =
        new("recordKey", "Record Key", "text", "Dedupe values of the record; empty where they could not be read");
    public static TableField Code { get; } = new("code", "Code", "string", "Marketo's code, or a name of ours");
    public static TableField Reason { get; } = new("reason", "Reason", "text", "Why it was refused, in words");
    public static TableField Source { get; } = new("source", "Source", "text", "File or table it came from");
    public static TableField SourceRow { get; } =
        new("sourceRow", "Source Row", "integer", "Row there, from 1; a file's header is not counted");
    public static TableField SourceStamp { get; } =
        new("sourceStamp", "Source Stamp", "datetime", "When the record was last changed there, where the source tells");
    public static TableField Attempts { get; } = new("attempts", "Attempts", "integer", "How often it was refused");
    public static TableField FirstSeenAt { get; } = new("firstSeenAt", "First Seen At", "datetime", "When it was refused first");
    public static TableField LastSeenAt { get; } = new("lastSeenAt", "Last Seen At", "datetime", "When it was refused last, or closed");
    public static TableField Payload { get; } =
        new("payload", "Payload", "text", "What to send again: the record as it was sent, or the source's values");
    public static TableField IsPayloadTooLong { get; } =
        new("isPayloadTooLong", "Is Payload Too Long", "boolean", "The payload does not fit: look the record up in the source");
    public static TableField RunNumber { get; } = new("runNumber", "Run Number", "integer", "Run that stored it last");

    /// <summary>The object as <c>init</c> creates it.</summary>
    public static StateTable Definition { get; } =
        new(
            ObjectApiName,
            "Custom Object Sync Reject",
            "Custom Object Sync Rejects",
            "Records that a scheduled import could not bring into Marketo, with reason and values. Kept by MarketoLambda. Do not delete.",
            [
                Key,
                ApiName,
                Number,
                Stage,
                RecordKey,
                Code,
                Reason,
                Source,
                SourceRow,
                SourceStamp,
                Attempts,
                FirstSeenAt,
                LastSeenAt,
                Payload,
                IsPayloadTooLong,
                RunNumber,
            ])
        {
            Required = [Number, Stage, RecordKey, Source, SourceRow, Payload],
        };
}
