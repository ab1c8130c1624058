using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Leases;

/// <summary>
/// The standalone custom object with one record per run: who ran, when, how it ended. The record is also the run's lease.
/// </summary>
public static class RunFields
{
    public const string ObjectApiName = "customObjectSyncRun_c";

    public static TableField Key { get; } = new("runKey", "Run Key", "string", "API name of the job, # and the run's number");
    public static TableField ApiName { get; } = new("aPIName", "API Name", "string", "API name of the imported object, and of the job");
    public static TableField Number { get; } =
        new("runNumber", "Run Number", "integer", "Number of the run; in the record #floor the lowest number kept");
    public static TableField Kind { get; } = new("kind", "Kind", "string", "Import, reset or backfill");
    public static TableField Stage { get; } = new("stage", "Stage", "string", "claimed, done or void");
    public static TableField Token { get; } = new("claimToken", "Claim Token", "string", "Tells the claims of several hosts apart");
    public static TableField LeaseSeconds { get; } =
        new("leaseSeconds", "Lease Seconds", "integer", "How long after its creation the lease holds at most");
    public static TableField StartedAt { get; } = new("startedAt", "Started At", "datetime", "When the run started");
    public static TableField EndedAt { get; } =
        new("endedAt", "Ended At", "datetime", "When it ended; empty while it runs, and after a sudden death");
    public static TableField Outcome { get; } = new("outcome", "Outcome", "string", "How it ended");
    public static TableField Records { get; } = new("records", "Records", "integer", "Records Marketo accepted");
    public static TableField Rejects { get; } = new("rejects", "Rejects", "integer", "Records rejected");
    public static TableField Error { get; } = new("error", "Error", "text", "What went wrong and what to do");
    public static TableField Notices { get; } =
        new("notices", "Notices", "text", "What the source made known: how many notices, and the first");
    public static TableField Examples { get; } =
        new("rejectExamples", "Reject Examples", "text", "Some of the rejects that stopped the run, one JSON object a line");
    public static TableField EndMark { get; } =
        new("endHighWaterMarkDT", "End High-Water Mark DT", "datetime", "The mark at its end; of a reset, where it leads");
    public static TableField EndResume { get; } = new("endResumePosition", "End Resume Position", "text", "The exact position at its end");
    public static TableField EndFileName { get; } = new("endFileName", "End File Name", "string", "Newest finished file at its end");
    public static TableField EndFileRecords { get; } =
        new("endFileNumberOfRecords", "End File: Number of Records", "integer", "Rows of that file");
    public static TableField EndNextReject { get; } =
        new("endNextReject", "End Next Reject", "integer", "Number of the next reject at its end");

    /// <summary>How far the import was at its end.</summary>
    internal static CheckpointFields End { get; } = new(EndMark, EndResume, EndFileName, EndFileRecords);

    /// <summary>The object as <c>init</c> creates it.</summary>
    public static StateTable Definition { get; } =
        new(
            ObjectApiName,
            "Custom Object Sync Run",
            "Custom Object Sync Runs",
            "One record for every run of a scheduled import. Kept by MarketoLambda, which also deletes old ones. Do not delete.",
            [
                Key,
                ApiName,
                Number,
                Kind,
                Stage,
                Token,
                LeaseSeconds,
                StartedAt,
                EndedAt,
                Outcome,
                Records,
                Rejects,
                Error,
                Notices,
                Examples,
                EndMark,
                EndResume,
                EndFileName,
                EndFileRecords,
                EndNextReject,
            ])
        {
            Required = [Number, Stage, Token, LeaseSeconds],
        };
}
