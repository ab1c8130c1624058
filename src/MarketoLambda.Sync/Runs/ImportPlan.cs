using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>Imports what is new.</summary>
internal sealed class ImportPlan(SyncJob job) : RunPlan
{
    public override RunKind Kind => RunKind.Import;

    public override bool ReadsWhatIsNew => true;

    public override Task<ISourceReader> OpenAsync(ReadRequest request, RejectsBelowMark below, CancellationToken cancellationToken) =>
        job.Source.OpenAsync(below.With(request), cancellationToken);

    /// <remarks>A run that ended with an error has to be followed by one that says it is over.</remarks>
    public override bool HasWork(RunFindings findings) =>
        findings.HasNews
        || HasNoticesToRecord(findings)
        || RetriesRejects(findings.State, findings.Now)
        || findings.State.LastRun is { IsClean: false };

    public override bool RetriesRejects(StateRecord state, DateTimeOffset now) => state.Rejects?.IsRetryDue(now) is true;

    /// <summary>
    /// The state record lacks what the source says now, or still has what is over. Without a field for it, nothing is to be recorded.
    /// </summary>
    private static bool HasNoticesToRecord(RunFindings findings) =>
        findings.State.Notices is { } recorded && !findings.Notices.SayTheSameAs(recorded);
}
