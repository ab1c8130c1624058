using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Runs;

/// <summary>Hands out only what a backfill has to send again: the stretch, and behind it newer versions of what the stretch held.</summary>
/// <remarks>Rejects of the past are among the rejects already, so what cannot be read, or has no cursor value, is left out.</remarks>
internal sealed class BackfillReader(ISourceReader reader, RecordMapper mapper, Backfill backfill) : ISourceReader
{
    public Checkpoint Position => reader.Position;

    public SourceProgress Progress => reader.Progress;

    public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await reader.ReadAsync(cancellationToken))
            {
                case SourceRecord { CursorValue: { } at } record when Wants(record, at):
                    return record;
                case SourceRecord or UnreadableRecord or SourceEnd:
                    continue;
                case var other:
                    return other;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        mapper.Dispose();
        await reader.DisposeAsync();
    }

    private bool Wants(SourceRecord record, DateTimeOffset cursorValue)
    {
        var key = mapper.KeyOf(record)?.Folded;
        if (!backfill.Holds(cursorValue))
        {
            return cursorValue >= backfill.Until && key is not null && backfill.WasSent(key);
        }

        if (key is not null)
        {
            backfill.Remember(key);
        }

        return true;
    }
}
