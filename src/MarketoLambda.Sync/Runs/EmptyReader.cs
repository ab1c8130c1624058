using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Runs;

/// <summary>Reads nothing: for a run that only tries rejects again.</summary>
internal sealed class EmptyReader(Checkpoint at) : ISourceReader
{
    public Checkpoint Position => at;

    public SourceProgress Progress => default;

    public ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken) => new((SourceItem?)null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
