using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Compares what the job file says of a field with the field's type: what does not fit would reject every row.</summary>
internal static class FieldFit
{
    /// <summary>Every mistake, as a sentence without a full stop.</summary>
    public static IEnumerable<string> Mistakes(FieldMapping mapping, RecordField field, SourceConventions sourceConventions)
    {
        var conventions = FieldConverter.Conventions(mapping, sourceConventions);
        if (FormatMistake(mapping.Format, field, conventions) is { } mistake)
        {
            return [mistake]; // texts of the job file that are written in it would be mistakes too
        }

        return mapping.Culture is not null && !DependsOnCulture(field)
            ? [$"the field \"{field.Name}\" is of type {field.TypeName}, and \"culture\" is for numbers, dates and times only; remove it"]
            : TextMistakes(mapping, field, new FieldConverter(field, mapping, sourceConventions));
    }

    private static bool DependsOnCulture(RecordField field) =>
        field.DataType
            is DataType.Integer
                or DataType.Score
                or DataType.Percent
                or DataType.Float
                or DataType.Currency
                or DataType.Date
                or DataType.DateTime;

    private static IEnumerable<string> TextMistakes(FieldMapping mapping, RecordField field, FieldConverter converter)
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

    private static string? FormatMistake(TimeFormats? formats, RecordField field, SourceConventions conventions) => field.DataType switch
    {
        _ when formats is null => null,
        DataType.Date => formats.FirstWithoutDate(conventions) is { } wrong ? WrongFormat(wrong, field, "dd.MM.yyyy", "23.11.2026") : null,
        DataType.DateTime => formats.FirstWithoutTime(conventions) is { } wrong
            ? WrongFormat(wrong, field, "dd.MM.yyyy HH:mm:ss", "23.11.2026 18:05:00")
            : null,
        _ => $"the field \"{field.Name}\" is of type {field.TypeName}, and \"format\" is for date and datetime only; remove it",
    };

    private static string WrongFormat(string format, RecordField field, string example, string exampleText) =>
        $"\"{format}\" of the field \"{field.Name}\" is not a .NET format of a {field.TypeName}; write it like \"{example}\", which reads "
            + $"{exampleText} (casing counts)";
}
