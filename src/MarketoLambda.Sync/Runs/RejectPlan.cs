using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>Tries rejects again or dismisses them, and reads nothing.</summary>
internal sealed class RejectPlan(RejectWork work) : RunPlan
{
    public override RunKind Kind => RunKind.Retry;

    public override string Label => work.ToString();

    public override bool ReadsSource => false;

    public override RejectWork RejectWork => work;

    public override Task<ISourceReader> OpenAsync(ReadRequest request, RejectsBelowMark below, CancellationToken cancellationToken) =>
        Task.FromResult<ISourceReader>(new EmptyReader(request.From));

    public override bool HasWork(RunFindings findings) => true;

    public override bool RetriesRejects(StateRecord state, DateTimeOffset now) => true;
}
