using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Runs;

/// <summary>A run that owns its number: what it has finished, and what Marketo has of that.</summary>
internal sealed class LeasedRun(Lease lease, CommittedPrefix prefix, CheckpointSaver checkpoints)
{
    public Lease Lease { get; } = lease;

    /// <summary>How far the source is finished.</summary>
    public CommittedPrefix Prefix { get; } = prefix;

    public CheckpointSaver Checkpoints { get; } = checkpoints;

    /// <summary>How far the source was read.</summary>
    public SourceProgress Progress { get; set; }

    private IRunRejects? Rejects => Checkpoints.Rejects;

    /// <summary>Earlier rejects that Marketo accepted.</summary>
    public long Resolved => Rejects?.Resolved ?? 0;

    /// <summary>Rejects that somebody let go of.</summary>
    public long Dismissed => Rejects?.Dismissed ?? 0;

    /// <summary>Records that are finished although no checkpoint in Marketo says so.</summary>
    public long Unrecorded =>
        Prefix.Accepted + Resolved - (Checkpoints.Saved.TotalRecordsInEpoch - Lease.Before.TotalRecordsInEpoch);
}
