using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.State;

/// <summary>The standalone custom object that remembers how far each import got: one record for every object we import.</summary>
public static class StateFields
{
    public const string ObjectApiName = "customObjectSyncMetadata_c";
    public const string ObjectDisplayName = "Custom Object Sync Metadata";
    public const string ObjectPluralName = "Custom Object Sync Metadata Records";
    public const string ObjectDescription =
        "How far each scheduled import got. Kept by MarketoLambda; one record for every imported object. Do not delete.";

    public static TableField ApiName { get; } = new("aPIName", "API Name", "string", "API name of the imported object, and of the job");
    public static TableField HighWaterMark { get; } =
        new("highWaterMarkDT", "High-Water Mark DT", "datetime", "Every source record with a modification stamp below this is finished");
    public static TableField ResumePosition { get; } =
        new("resumePosition", "Resume Position", "text", "Exact position in the source; written by the program");
    public static TableField LastFileName { get; } =
        new("lastIngestedFileName", "Last Ingested File Name", "string", "Newest file all of whose rows are finished");
    public static TableField LastFileRecords { get; } =
        new("lastIngestedFileNumberOfRecords", "Last Ingested File: Number of Records", "integer", "Rows of that file");
    public static TableField LastFileIngestedAt { get; } =
        new("lastIngestedFileIngestedAt", "Last Ingested File: Ingested At", "datetime", "When its last row was finished");
    public static TableField EpochStartedAt { get; } =
        new("epochStartedAt", "Epoch Started At", "datetime", "When the object was last emptied and started anew");
    public static TableField TotalRecordsInEpoch { get; } =
        new("totalRecordsInEpoch", "Total Records in Epoch", "integer", "Records accepted by Marketo since then");
    public static TableField LastRunNumber { get; } =
        new("lastRunNumber", "Last Run Number", "integer", "Number of the newest run that did something");
    public static TableField LastRunOutcome { get; } = new("lastRunOutcome", "Last Run Outcome", "string", "How that run ended");
    public static TableField LastRunStartedAt { get; } = new("lastRunStartedAt", "Last Run Started At", "datetime", "When it started");
    public static TableField LastRunEndedAt { get; } =
        new("lastRunEndedAt", "Last Run Ended At", "datetime", "When it ended; empty while it runs");
    public static TableField LastRunRecords { get; } =
        new("lastRunRecords", "Last Run Records", "integer", "Records Marketo accepted in that run");
    public static TableField LastRunRejects { get; } = new("lastRunRejects", "Last Run Rejects", "integer", "Records rejected in that run");
    public static TableField LastRunError { get; } = new("lastRunError", "Last Run Error", "text", "What went wrong and what to do");
    public static TableField JobDefinition { get; } =
        new(
            "jobDefinition",
            "Job Definition",
            "string",
            "Hashes of source and mapping when something was imported last; written by the program");
    public static TableField LastRunNotices { get; } =
        new(
            "lastRunNotices",
            "Last Run Notices",
            "text",
            "What the source made known and nobody has mended yet: how many notices, and the first");
    public static TableField OpenRejects { get; } =
        new("openRejects", "Open Rejects", "integer", "Rejected records that are not in Marketo, without those that wait");
    public static TableField WaitingRecords { get; } =
        new(
            "waitingRecords",
            "Waiting Records",
            "integer",
            "Records that wait for the person or record that they name, and are tried again by themselves");
    public static TableField LowestReject { get; } =
        new("lowestReject", "Lowest Reject", "integer", "Lowest number of a reject that may be tried again; written by the program");
    public static TableField NextReject { get; } =
        new("nextReject", "Next Reject", "integer", "Number of the next reject; written by the program");
    public static TableField RetryRejectsAt { get; } =
        new("retryRejectsAt", "Retry Rejects At", "datetime", "From then on a run tries rejects again; empty where none waits");

    internal static CheckpointFields Checkpoint { get; } = new(HighWaterMark, ResumePosition, LastFileName, LastFileRecords);

    /// <summary>All fields, in the order people read them.</summary>
    public static IReadOnlyList<TableField> All { get; } =
    [
        ApiName,
        HighWaterMark,
        ResumePosition,
        LastFileName,
        LastFileRecords,
        LastFileIngestedAt,
        EpochStartedAt,
        TotalRecordsInEpoch,
        LastRunNumber,
        LastRunOutcome,
        LastRunStartedAt,
        LastRunEndedAt,
        LastRunRecords,
        LastRunRejects,
        LastRunError,
        LastRunNotices,
        JobDefinition,
        OpenRejects,
        WaitingRecords,
        LowestReject,
        NextReject,
        RetryRejectsAt,
    ];

    /// <summary>The object as <c>init</c> creates it.</summary>
    public static StateTable Definition { get; } = new(ObjectApiName, ObjectDisplayName, ObjectPluralName, ObjectDescription, All);
}
