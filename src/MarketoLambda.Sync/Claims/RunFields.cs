using MarketoLambda.Sync.Kept;

namespace MarketoLambda.Sync.Claims;

/// <summary>The standalone custom object with one record per run: who ran, when, how it ended. The record is also the run's claim.</summary>
public static class RunFields
{
    public const string ObjectApiName = "customObjectSyncRun_c";

    public static KeptField Key { get; } = new("runKey", "Run Key", "string", "API name of the job, # and the run's number");
    public static KeptField ApiName { get; } = new("aPIName", "API Name", "string", "API name of the imported object, and of the job");
    public static KeptField Number { get; } = new("runNumber", "Run Number", "integer", "Number of the run; in the record #floor the lowest number kept");
    public static KeptField Kind { get; } = new("kind", "Kind", "string", "Import, reset or backfill");
    public static KeptField Stage { get; } = new("stage", "Stage", "string", "claimed, done or void");
    public static KeptField Token { get; } = new("claimToken", "Claim Token", "string", "Tells the claims of several hosts apart");
    public static KeptField LeaseSeconds { get; } = new("leaseSeconds", "Lease Seconds", "integer", "How long after its creation the claim holds at most");
    public static KeptField StartedAt { get; } = new("startedAt", "Started At", "datetime", "When the run started");
    public static KeptField EndedAt { get; } = new("endedAt", "Ended At", "datetime", "When it ended; empty while it runs, and after a sudden death");
    public static KeptField Outcome { get; } = new("outcome", "Outcome", "string", "How it ended");
    public static KeptField Records { get; } = new("records", "Records", "integer", "Records Marketo accepted");
    public static KeptField Rejects { get; } = new("rejects", "Rejects", "integer", "Records rejected");
    public static KeptField Error { get; } = new("error", "Error", "text", "What went wrong and what to do");
    public static KeptField Notices { get; } = new("notices", "Notices", "text", "What the source made known: how many notices, and the first");
    public static KeptField EndMark { get; } = new("endHighWaterMarkDT", "End High-Water Mark DT", "datetime", "The mark at its end; of a reset, where it leads");
    public static KeptField EndResume { get; } = new("endResumePosition", "End Resume Position", "text", "The exact position at its end");
    public static KeptField EndFileName { get; } = new("endFileName", "End File Name", "string", "Newest finished file at its end");
    public static KeptField EndFileRecords { get; } = new("endFileNumberOfRecords", "End File: Number of Records", "integer", "Rows of that file");
    public static KeptField EndNextReject { get; } = new("endNextReject", "End Next Reject", "integer", "Number of the next reject at its end");

    /// <summary>The object as <c>init</c> creates it.</summary>
    public static KeptObject Definition { get; } = new(
        ObjectApiName,
        "Custom Object Sync Run",
        "Custom Object Sync Runs",
        "One record for every run of a scheduled import. Kept by MarketoLambda, which also deletes old ones. Do not delete.",
        [Key, ApiName, Number, Kind, Stage, Token, LeaseSeconds, StartedAt, EndedAt, Outcome, Records, Rejects, Error, Notices, EndMark, EndResume, EndFileName, EndFileRecords, EndNextReject])
    {
        Required = [Number, Stage, Token, LeaseSeconds],
    };
}
