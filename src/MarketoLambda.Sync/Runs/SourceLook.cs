using System.Runtime.ExceptionServices;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>A look at a job's source, before anything is claimed: is there something to do?</summary>
/// <remarks>A source that cannot be read is something to do: the run has to record it, and may do so only when it owns its number.</remarks>
internal sealed class SourceLook : IAsyncDisposable
{
    private readonly Exception? _broken;

    private SourceLook(PeekedReader? reader, bool hasNew, Exception? broken)
    {
        Reader = reader;
        HasNew = hasNew;
        _broken = broken;
    }

    /// <summary>Goes on where the look began; null where the source could not be opened.</summary>
    public PeekedReader? Reader { get; }

    /// <summary>The run has something to move or to record.</summary>
    public bool HasNew { get; }

    /// <summary>What the source had to say so far.</summary>
    public IEnumerable<SourceNotice> Notices => Reader?.PeekedNotices ?? [];

    /// <summary>For a run that has something to do and does not read the source.</summary>
    public static SourceLook None(Checkpoint at) => new(new PeekedReader(new NoNews(at)), hasNew: true, null);

    public static async Task<SourceLook> OpenAsync(SyncJob job, Backfill? backfill, WarmState start, RejectsBelowMark rejects, CancellationToken cancellationToken)
    {
        PeekedReader? reader = null;
        try
        {
            var from = backfill?.Position ?? start.State.Checkpoint;
            var request = start.Request(job, from);
            var source = await job.Source.OpenAsync(backfill is null ? rejects.With(request) : request with { Until = backfill.Until }, cancellationToken);
            reader = new PeekedReader(backfill is null ? source : new BackfillReader(source, job, backfill));
            return new SourceLook(reader, await reader.HasNewAsync(from, cancellationToken), null);
        }
#pragma warning disable CA1031 // whatever it is, it is told when the run owns its number
        catch (Exception broken) when (!RunEnding.IsAbort(broken, cancellationToken))
#pragma warning restore CA1031
        {
            return new SourceLook(reader, hasNew: true, broken);
        }
    }

    /// <exception cref="Exception">What the source failed with.</exception>
    public void ThrowIfBroken()
    {
        if (_broken is not null)
        {
            ExceptionDispatchInfo.Throw(_broken);
        }
    }

    public ValueTask DisposeAsync() => Reader?.DisposeAsync() ?? ValueTask.CompletedTask;
}
