using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;

namespace MarketoLambda.Sync.Runs;

/// <summary>Imports a stretch of the past again, or the next part of it.</summary>
internal sealed class BackfillPlan(SyncJob job, ITargetWriter target, Backfill backfill) : RunPlan
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
        var description = await target.RequireDescriptionAsync(cancellationToken);
        return new BackfillReader(await job.Source.OpenAsync(past, cancellationToken), new RecordMapper(job, description), backfill);
    }

    public override bool HasWork(RunFindings findings) => findings.HasNews;

    public override bool RetriesRejects(StateRecord state, DateTimeOffset now) => false;

    public override void Reached(Checkpoint position) => backfill.Position = position;
}
