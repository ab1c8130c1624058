using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Guesses the fields that a job's target would need, from the first rows of its source and the job's own mapping.</summary>
public static class TargetGuess
{
    /// <summary>One field for each that the job fills, in its order; none where the source has no rows yet.</summary>
    /// <exception cref="SourceException">The source cannot be read.</exception>
    public static async Task<IReadOnlyList<GuessedTargetField>> FindAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var samples = job.Fields.Select(mapping => (mapping, Steps: new FieldSteps(mapping, job), Values: new ColumnSample(mapping.Field)))
            .ToList();
        await using var reader = await job.Source.OpenAsync(ReadRequest.Everything(job.Columns), cancellationToken);
        var rows = 0;
        while (rows < SourceSample.MaxRows && await reader.ReadAsync(cancellationToken) is { } item)
        {
            if (item is SourceRecord record)
            {
                rows++;
                foreach (var (_, steps, values) in samples)
                {
                    values.Add(steps.TryTake(record.Values, out var value) ? value : null, record.Location);
                }
            }
        }

        return rows == 0 ? [] : [.. samples.Select(sample => Field(job, sample.mapping, sample.Values))];
    }

    private static GuessedTargetField Field(SyncJob job, FieldMapping mapping, ColumnSample values)
    {
        var isKey = job.KeyFields.Contains(mapping.Field, StringComparer.OrdinalIgnoreCase);
        var plain = mapping with { Map = null }; // which is done
        var (field, _) = TypeGuess.Find(mapping.Field, values, isKey, field => FieldForm.From(
            new FormTrial(field, plain, job.Source.Conventions, mapping.Format is null || IsTime(field.TypeName) ? values.Values : []),
            values.Filled));
        var name = mapping.From is SourceColumn column ? column.Name : mapping.Field;
        var display = name.Contains('_', StringComparison.Ordinal) ? GuessedNames.ForPeople(name) : name;
        return new GuessedTargetField(mapping.Field, display, field.TypeName, isKey);
    }

    private static bool IsTime(string type) => type is "date" or "datetime";
}

/// <summary>A field that a target would need.</summary>
/// <param name="Name">API name.</param>
/// <param name="DisplayName">What people would see: the column's name, where a program made that, as words.</param>
/// <param name="DataType">In Marketo's word.</param>
/// <param name="IsKey">It identifies a record.</param>
public sealed record GuessedTargetField(string Name, string DisplayName, string DataType, bool IsKey);
