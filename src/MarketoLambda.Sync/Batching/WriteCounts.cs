using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Batching;

/// <summary>What became of records that were accepted.</summary>
/// <param name="Created">Did not exist.</param>
/// <param name="Updated">Existed.</param>
/// <param name="Deleted">Are gone.</param>
/// <param name="Unchanged">Were in Marketo already as they are to be.</param>
internal readonly record struct WriteCounts(long Created, long Updated, long Deleted, long Unchanged)
{
    public static WriteCounts From(IEnumerable<RecordResult> results)
    {
        WriteCounts counts = default;
        foreach (var result in results)
        {
            counts = result.Status switch
            {
                RecordStatus.Created => counts with { Created = counts.Created + 1 },
                RecordStatus.Updated => counts with { Updated = counts.Updated + 1 },
                RecordStatus.Deleted => counts with { Deleted = counts.Deleted + 1 },
                RecordStatus.Unchanged => counts with { Unchanged = counts.Unchanged + 1 },
                _ => counts,
            };
        }

        return counts;
    }

    public static WriteCounts operator +(WriteCounts one, WriteCounts other) =>
        new(one.Created + other.Created, one.Updated + other.Updated, one.Deleted + other.Deleted, one.Unchanged + other.Unchanged);
}
