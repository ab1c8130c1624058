using System.Runtime.ExceptionServices;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Sync.Runs;

/// <summary>A look at a job's source, before anything is claimed: is there something to do?</summary>
/// <remarks>
/// A source that cannot be read is something to do: the run has to record it, and may do so only when it owns its number.
/// </remarks>
internal sealed class SourceProbe : IAsyncDisposable
{
    private readonly Exception? _broken;

    private SourceProbe(PeekedReader? reader, bool hasNew, Exception? broken)
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
    public static SourceProbe None(Checkpoint at) => new(new PeekedReader(new NoNews(at)), hasNew: true, null);

    public static async Task<SourceProbe> OpenAsync(
        SyncRun run, Checkpoint start, RejectsBelowMark rejects, RunDeadline deadline, CancellationToken cancellationToken)
    {
        PeekedReader? reader = null;
        using var cutOff = deadline.CreateBeginCutOff();
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        try
        {
            var from = run.Backfill?.Position ?? start;
            var request = run.Request(from);
            var source = await run.Job.Source.OpenAsync(run.Backfill is null ? rejects.With(request) : request, looking.Token);
            reader = new PeekedReader(run.Backfill is { } backfill ? new BackfillReader(source, run.Job, backfill) : source);
            return new SourceProbe(reader, await reader.HasNewAsync(from, looking.Token), null);
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new SourceProbe(reader, hasNew: true, new SourceException(
                $"{run.Job.Source.Description}: reading took all the time of this run, and there was no first record yet. "
                + "Give the run more time, or the source smaller parts; nothing was imported"));
        }
#pragma warning disable CA1031 // whatever it is, it is told when the run owns its number
        catch (Exception broken) when (!RunEnding.IsAbort(broken, cancellationToken))
#pragma warning restore CA1031
        {
            return new SourceProbe(reader, hasNew: true, broken);
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
