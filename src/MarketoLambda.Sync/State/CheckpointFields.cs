using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.State;

/// <summary>Where a record of Marketo keeps a checkpoint.</summary>
/// <param name="Mark">The high-water mark.</param>
/// <param name="Resume">The exact position.</param>
/// <param name="LastFileName">Newest finished file.</param>
/// <param name="LastFileRecords">Rows of that file.</param>
internal sealed record CheckpointFields(TableField Mark, TableField Resume, TableField LastFileName, TableField LastFileRecords)
{
    public Checkpoint Read(BoundTable bound, MarketoRecord record) => new()
    {
        Mark = bound.Time(record, Mark),
        Resume = bound.Text(record, Resume),
        LastFileName = bound.Text(record, LastFileName),
        LastFileRecords = bound.Number(record, LastFileRecords),
    };

    public IEnumerable<(TableField Field, object? Value)> Values(BoundTable bound, Checkpoint checkpoint) =>
    [
        (Mark, checkpoint.Mark),
        (Resume, checkpoint.Resume),
        (LastFileName, bound.Cut(LastFileName, checkpoint.LastFileName)),
        (LastFileRecords, checkpoint.LastFileRecords),
    ];
}
