using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Compares a job with what it fills.</summary>
internal static class JobFit
{
    private const int MaxMistakes = 20;

    /// <exception cref="JobMismatchException">The job does not fit: every mistake at once.</exception>
    public static void ThrowIfAny(SyncJob job, RecordTypeDescription description)
    {
        var all = Mistakes(job, description).ToList();
        if (all.Count > 0)
        {
            throw new JobMismatchException($"Job {job.Name} does not fit {job.Target.Description} in Marketo: {Sentences(all)}.");
        }
    }

    /// <summary>Everything about the job that the object does not allow, as sentences without a full stop.</summary>
    public static IEnumerable<string> Mistakes(SyncJob job, RecordTypeDescription description)
    {
        foreach (var mapping in job.Fields)
        {
            var field = description.FindField(mapping.Field);
            if (field is null)
            {
                yield return $"the object has no field \"{mapping.Field}\"{Meant(mapping.Field, description)}";
            }
            else if (!field.IsUpdateable && !IsKey(field.Name, description))
            {
                yield return $"the field \"{field.Name}\" cannot be written{Because(field)}; remove it from the job's fields";
            }
            else
            {
                foreach (var mistake in FieldFit.Mistakes(mapping, field, job.Source.Conventions))
                {
                    yield return mistake;
                }
            }
        }

        foreach (var required in description.Fields.Where(field => field.IsRequired && !Maps(job, field)))
        {
            yield return $"the field \"{required.Name}\" is missing, and every record needs it; add it to the job's fields";
        }

        if (
            !job
                .KeyFields.Order(StringComparer.OrdinalIgnoreCase)
                .SequenceEqual(description.DedupeFields.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase))
        {
            yield return $"its key is {Names(job.KeyFields)}, but the object's dedupe field is {Names(description.DedupeFields)}; put that "
                + "into \"key\"";
        }
    }

    private static bool Maps(SyncJob job, RecordField field) =>
        job.Fields.Any(mapping => mapping.Field.Equals(field.Name, StringComparison.OrdinalIgnoreCase));

    private static string Because(RecordField field) => field.ReadOnlyReason is { } reason ? $", because {reason}" : "";

    private static bool IsKey(string field, RecordTypeDescription description) =>
        description.DedupeFields.Contains(field, StringComparer.OrdinalIgnoreCase);

    private static string Meant(string name, RecordTypeDescription description)
    {
        var writable = description.Fields.Where(field => field.IsUpdateable).Select(field => field.Name).ToList();
        return NearName.Find(name, writable) is { } near
            ? $" (did you mean \"{near}\"?)"
            : $"; it has {Quantity.List(writable)}";
    }

    private static string Names(IEnumerable<string> names) => Quantity.List(names.Select(name => $"\"{name}\""), " + ");

    private static string Sentences(List<string> all) =>
        string.Join("; ", all.Take(MaxMistakes))
        + (all.Count > MaxMistakes ? $"; and {Quantity.Format(all.Count - MaxMistakes, "mistake")} more" : "");
}
