using System.Runtime.ExceptionServices;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Runs;

/// <summary>Reads a job's source before the run asks for its lease: is there something to do?</summary>
/// <remarks>
/// A source that cannot be read is something to do: the run has to record it, and may do so only when it owns its number.
/// </remarks>
internal sealed class SourceProbe : IAsyncDisposable
{
    private readonly PeekedReader? _reader;
    private readonly Exception? _broken;

    private SourceProbe(Checkpoint from, PeekedReader? reader, bool hasNew, Exception? broken = null)
    {
        From = from;
        _reader = reader;
        _broken = broken;
        HasNew = hasNew;
    }

    /// <summary>Where it began to read.</summary>
    public Checkpoint From { get; }

    /// <summary>The source has something new, or cannot be read.</summary>
    public bool HasNew { get; }

    /// <summary>What the source had to say so far.</summary>
    public IEnumerable<SourceNotice> Notices => _reader?.PeekedNotices ?? [];

    /// <summary>Records below the mark, passed over.</summary>
    public long Skipped => _reader?.Progress.RecordsSkipped ?? 0;

    /// <summary>Opens the source, and reads until something new comes.</summary>
    public static async Task<SourceProbe> OpenAsync(
        SyncRun run,
        ReadRequest request,
        RejectsBelowMark below,
        CancellationToken cancellationToken)
    {
        PeekedReader? reader = null;
        using var cutOff = run.Deadline.CreateBeginCutOff();
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cutOff.Token, cancellationToken);
        try
        {
            reader = new PeekedReader(await run.Plan.OpenAsync(request, below, looking.Token));
            return new SourceProbe(request.From, reader, await reader.HasNewAsync(request.From, looking.Token));
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new SourceProbe(request.From, reader, hasNew: true, new SourceException(
                $"{run.Job.Source.Description}: reading took all the time of this run, and there was no first record yet. "
                + "Give the run more time, or the source smaller parts; nothing was imported"));
        }
#pragma warning disable CA1031 // whatever it is, it is recorded when the run owns its number
        catch (Exception broken) when (!FailureRule.IsAbort(broken, cancellationToken))
#pragma warning restore CA1031
        {
            return new SourceProbe(request.From, reader, hasNew: true, broken);
        }
    }

    /// <summary>Goes on where the probe ended.</summary>
    /// <exception cref="Exception">What the source failed with.</exception>
    public ISourceReader TakeReader()
    {
        if (_broken is not null)
        {
            ExceptionDispatchInfo.Throw(_broken);
        }

        return _reader ?? throw new InvalidOperationException("A probe that did not fail has a reader.");
    }

    public ValueTask DisposeAsync() => _reader?.DisposeAsync() ?? ValueTask.CompletedTask;
}
