
namespace MarketoLambda.Sync.Sources;

/// <summary>A reader that can tell whether anything new comes before it is handed out.</summary>
internal sealed class PeekedReader(ISourceReader reader) : ISourceReader
{
    private readonly Queue<(SourceItem? Item, Checkpoint Before)> _peeked = new();

    public Checkpoint Position => _peeked.TryPeek(out var next) ? next.Before : reader.Position;

    public SourceProgress Progress => reader.Progress;

    /// <summary>
    /// Reads on until something comes that is more than a notice, or the end; true when the source has something to finish.
    /// </summary>
    public async Task<bool> HasNewAsync(Checkpoint from, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = reader.Position;
            var item = await reader.ReadAsync(cancellationToken);
            _peeked.Enqueue((item, before));
            if (item is not SourceNotice)
            {
                return item is not null || reader.Position != from;
            }
        }
    }

    /// <summary>The notices among what was peeked.</summary>
    public IEnumerable<SourceNotice> PeekedNotices => _peeked.Select(peeked => peeked.Item).OfType<SourceNotice>();

    public ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken) =>
        _peeked.TryDequeue(out var next) ? new(next.Item) : reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => reader.DisposeAsync();
}
