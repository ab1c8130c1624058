using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Compares a job with the custom object it fills.</summary>
internal static class JobFit
{
    /// <summary>Everything about the job that the object does not allow, as sentences without a full stop.</summary>
    public static IEnumerable<string> Mistakes(SyncJob job, CustomObjectDescription description)
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
                yield return $"the field \"{field.Name}\" cannot be written; remove it from the job's fields";
            }
            else if (FormatMistake(mapping.Format, field, job.Source.Conventions) is { } mistake)
            {
                yield return mistake;
            }
        }

        if (!job.KeyFields.Order(StringComparer.OrdinalIgnoreCase).SequenceEqual(description.DedupeFields.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase))
        {
            yield return $"its key is {Names(job.KeyFields)}, but the object's dedupe field is {Names(description.DedupeFields)}; put that into \"key\"";
        }
    }

    private static string? FormatMistake(string? format, CustomObjectField field, SourceConventions conventions) => (format, field.DataType) switch
    {
        (null, _) => null,
        (_, "date") => TimeFormat.ReadsDates(format, conventions) ? null : WrongFormat(format, field, "dd.MM.yyyy", "23.11.2026"),
        (_, "datetime") => TimeFormat.ReadsTimes(format, conventions) ? null : WrongFormat(format, field, "dd.MM.yyyy HH:mm:ss", "23.11.2026 18:05:00"),
        _ => $"the field \"{field.Name}\" is of type {field.DataType}, and \"format\" is for date and datetime only; remove it",
    };

    private static string WrongFormat(string format, CustomObjectField field, string example, string exampleText) =>
        $"\"{format}\" of the field \"{field.Name}\" is not a .NET format of a {field.DataType}; write it like \"{example}\", which reads {exampleText} (casing counts)";

    private static bool IsKey(string field, CustomObjectDescription description) => description.DedupeFields.Contains(field, StringComparer.OrdinalIgnoreCase);

    private static string Meant(string name, CustomObjectDescription description)
    {
        var writable = description.Fields.Where(field => field.IsUpdateable).Select(field => field.Name).ToList();
        return writable.MinBy(field => EditDistance.Between(field, name)) is { } near && EditDistance.Between(near, name) <= 2
            ? $" (did you mean \"{near}\"?)"
            : $"; it has {string.Join(", ", writable)}";
    }

    private static string Names(IEnumerable<string> names) => string.Join(" + ", names.Select(name => $"\"{name}\""));
}
