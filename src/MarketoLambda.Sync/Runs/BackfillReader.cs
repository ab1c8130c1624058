using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Runs;

/// <summary>Hands out only what a backfill has to send again.</summary>
internal sealed class BackfillReader(ISourceReader reader, SyncJob job, Backfill backfill) : ISourceReader
{
    private readonly FieldSteps[] _keys = [.. job.KeyFields.Select(key =>
        new FieldSteps(job.Fields.First(field => field.Field.Equals(key, StringComparison.OrdinalIgnoreCase)), job))];

    public Checkpoint Position => reader.Position;

    public SourceProgress Progress => reader.Progress;

    public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await reader.ReadAsync(cancellationToken))
            {
                case SourceRecord { Stamp: { } stamp } record when backfill.Includes(stamp, Key(record)):
                    return record;
                case SourceRecord or UnreadableRecord or SourceEnd:
                    continue; // rejects of the past are among the rejects already
                case var other:
                    return other;
            }
        }
    }

    public ValueTask DisposeAsync() => reader.DisposeAsync();

    private string Key(SourceRecord record) =>
        RecordKey
            .From([.. _keys.Select(key => key.TryTake(record.Values, out var value) && value is not null ? SourceText.Format(value) : "")])
            .Folded;
}
