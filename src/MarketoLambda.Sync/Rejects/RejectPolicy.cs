using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Rejects;

/// <summary>Where rejects go: into Marketo, or to the <see cref="IRejectSink"/> that the host has chosen instead.</summary>
public sealed class RejectPolicy(IEnumerable<IRejectSink> sinks, RejectTable table, RejectLimits limits, TimeProvider time)
{
    private readonly IRejectSink? _sink = sinks.LastOrDefault();

    /// <summary>Rejects are kept in Marketo, and can be listed and tried again.</summary>
    public bool IsInMarketo => _sink is null;

    /// <summary>Where people find the rejects of that job.</summary>
    public string Describe(string apiName) => _sink?.Describe(apiName) ?? $"marketo-lambda rejects list {apiName}";

    /// <summary>The open rejects as they are now, for one who only looks.</summary>
    internal Task<RejectBook> ReadBookAsync(SyncJob job, RejectCounters counters, CancellationToken cancellationToken) =>
        MarketoRejects.ReadBookAsync(job, counters, table, cancellationToken);

    /// <summary>Begins with the rejects of a run that owns its number.</summary>
    internal async Task<IRunRejects> OpenAsync(SyncJob job, Lease lease, CancellationToken cancellationToken) => _sink is null
        ? await MarketoRejects.OpenAsync(job, lease.Before.Rejects, lease.Row.Number, table, limits, time, cancellationToken)
        : new SinkRejects(job.Name, lease.Before.Rejects, _sink);
}
