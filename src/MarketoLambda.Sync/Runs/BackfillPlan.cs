using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>Imports a stretch of the past again, or the next part of it.</summary>
internal sealed class BackfillPlan(SyncJob job, Backfill backfill) : RunPlan
{
    public override RunKind Kind => RunKind.Backfill;

    public override string Label => backfill.ToString();

    public override bool MovesMark => false;

    public override Checkpoint Start(StateRecord state) => backfill.Position;

    public override async Task<ISourceReader> OpenAsync(
        ReadRequest request,
        RejectsBelowMark below,
        CancellationToken cancellationToken)
    {
        var past = request with { Until = backfill.Until, History = backfill.History };
        return new BackfillReader(await job.Source.OpenAsync(past, cancellationToken), job, backfill);
    }

    public override bool HasWork(RunFindings findings) => findings.HasNews;

    public override bool RetriesRejects(StateRecord state, DateTimeOffset now) => false;

    public override void Reached(Checkpoint position) => backfill.Position = position;
}
