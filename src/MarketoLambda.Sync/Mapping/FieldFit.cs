using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Compares what the job file says of a field with the field's type: what does not fit would reject every row.</summary>
internal static class FieldFit
{
    /// <summary>Every mistake, as a sentence without a full stop.</summary>
    public static IEnumerable<string> Mistakes(FieldMapping mapping, CustomObjectField field, SourceConventions sourceConventions)
    {
        var conventions = FieldConverter.Conventions(mapping, sourceConventions);
        if (FormatMistake(mapping.Format, field, conventions) is { } mistake)
        {
            return [mistake]; // texts of the job file that are written in it would be mistakes too
        }

        return mapping.Culture is not null && !DependsOnCulture(field)
            ? [$"the field \"{field.Name}\" is of type {field.DataType}, and \"culture\" is for numbers, dates and times only; remove it"]
            : TextMistakes(mapping, field, new FieldConverter(field, mapping, sourceConventions));
    }

    private static bool DependsOnCulture(CustomObjectField field) => field.DataType is "integer" or "float" or "currency" or "date" or "datetime";

    private static IEnumerable<string> TextMistakes(FieldMapping mapping, CustomObjectField field, FieldConverter converter)
    {
        foreach (var (place, value) in WrittenValues(mapping))
        {
            if (converter.Convert(value) is { Kind: FieldValueKind.Wrong or FieldValueKind.TooLong } refused)
            {
                yield return $"{place} of the field \"{field.Name}\" does not fit: the field {refused.Text}";
            }
        }
    }

    /// <summary>Values that stand in the job file itself.</summary>
    private static IEnumerable<(string Place, object Value)> WrittenValues(FieldMapping mapping)
    {
        if (mapping.From is FixedValue { Value: var value })
        {
            yield return ("\"value\"", value);
        }

        if (mapping.Default is { } otherwise)
        {
            yield return ("\"default\"", otherwise);
        }

        foreach (var (from, to) in mapping.Map?.Entries.Where(entry => !ReferenceEquals(entry.Value, ValueMap.Kept)) ?? [])
        {
            yield return ($"what \"map\" makes of \"{from}\"", to);
        }
    }

    private static string? FormatMistake(TimeFormats? formats, CustomObjectField field, SourceConventions conventions) => field.DataType switch
    {
        _ when formats is null => null,
        "date" => formats.FirstWithoutDate(conventions) is { } wrong ? WrongFormat(wrong, field, "dd.MM.yyyy", "23.11.2026") : null,
        "datetime" => formats.FirstWithoutTime(conventions) is { } wrong
            ? WrongFormat(wrong, field, "dd.MM.yyyy HH:mm:ss", "23.11.2026 18:05:00")
            : null,
        _ => $"the field \"{field.Name}\" is of type {field.DataType}, and \"format\" is for date and datetime only; remove it",
    };

    private static string WrongFormat(string format, CustomObjectField field, string example, string exampleText) =>
        $"\"{format}\" of the field \"{field.Name}\" is not a .NET format of a {field.DataType}; write it like \"{example}\", which reads {exampleText} (casing counts)";
}
