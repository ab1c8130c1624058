using System.Globalization;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Turns values of the source into values of one Marketo field.</summary>
/// <remarks>
/// Types as in Adobe, rest-api/field-types. Whether Marketo refuses or cuts a text that is too long is not documented,
/// so it is refused here: nothing is cut silently.
/// </remarks>
internal sealed class FieldConverter(CustomObjectField field, FieldMapping mapping, SourceConventions sourceConventions)
{
    private const string MarketoTime = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly SourceConventions _conventions = Conventions(mapping, sourceConventions);

    /// <summary>How texts are written that this field is filled with.</summary>
    public static SourceConventions Conventions(FieldMapping mapping, SourceConventions sourceConventions) =>
        mapping.From is FixedValue ? sourceConventions with { Culture = CultureInfo.InvariantCulture }
        : mapping.Culture is { } culture ? sourceConventions with { Culture = culture }
        : sourceConventions;

    public FieldValue Convert(object? value) => value is null or "" ? FieldValue.Empty : field.DataType switch
    {
        "integer" => Integer(value),
        "float" or "currency" => Number(value),
        "boolean" => Boolean(value),
        "date" => Date(value),
        "datetime" => Time(value),
        _ => Text(value),
    };

    private FieldValue Text(object value)
    {
        var text = SourceText.Of(value);
        return field.Length is { } length && text.Length > length
            ? FieldValue.TooLong($"holds {length} characters at most and the value has {text.Length}")
            : FieldValue.Quoted(text);
    }

    private FieldValue Integer(object value) => value switch
    {
        string text => long.TryParse(text, NumberStyles.Integer | NumberStyles.AllowThousands, _conventions.Culture, out var number) && GroupSigns.AreInPlace(text, number, _conventions.Culture)
            ? Bare(number)
            : FieldValue.Wrong("needs a whole number"),
        sbyte or byte or short or ushort or int or uint or long => Bare((IFormattable)value),
        decimal number when decimal.IsInteger(number) => Bare(decimal.Truncate(number)),
        _ => FieldValue.Wrong("needs a whole number"),
    };

    private FieldValue Number(object value) => value switch
    {
        string text => decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, _conventions.Culture, out var number) && GroupSigns.AreInPlace(text, number, _conventions.Culture)
            ? Bare(number)
            : FieldValue.Wrong($"needs a number written like {1234.5m.ToString(_conventions.Culture)}"),
        double number when !double.IsFinite(number) => FieldValue.Wrong("needs a number"),
        float number when !float.IsFinite(number) => FieldValue.Wrong("needs a number"),
        sbyte or byte or short or ushort or int or uint or long or float or double or decimal => Bare((IFormattable)value),
        _ => FieldValue.Wrong("needs a number"),
    };

    private static FieldValue Boolean(object value) => value switch
    {
        bool flag => Flag(flag),
        string text when IsOneOf(text, "true", "yes", "y", "1") => Flag(true),
        string text when IsOneOf(text, "false", "no", "n", "0") => Flag(false),
        _ => FieldValue.Wrong("needs true or false (yes, no, 1 and 0 are understood too)"),
    };

    // A date has no zone: it is taken as it is written.
    private FieldValue Date(object value)
    {
        var isDate = value switch
        {
            DateOnly day => (Found: true, Day: day),
            DateTime time => (Found: true, Day: DateOnly.FromDateTime(time)),
            DateTimeOffset time => (Found: true, Day: DateOnly.FromDateTime(time.DateTime)),
            string text => (Found: SourceInstant.TryParseDate(text, mapping.Format, _conventions, out var day), Day: day),
            _ => default,
        };
        return isDate.Found ? FieldValue.Quoted(isDate.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : FieldValue.Wrong($"needs a date{Expected("2026-11-23")}");
    }

    // Whole seconds, rounded down: what Marketo makes of fractions is not documented.
    private FieldValue Time(object value)
    {
        var instant = default(DateTimeOffset);
        var isTime = value switch
        {
            DateTimeOffset time => Known(time, out instant),
            DateTime time => SourceInstant.TryPlace(time, _conventions, out instant),
            string text => SourceInstant.TryParse(text, mapping.Format, _conventions, out instant),
            _ => false,
        };
        return isTime ? FieldValue.Quoted(instant.UtcDateTime.ToString(MarketoTime, CultureInfo.InvariantCulture)) : FieldValue.Wrong($"needs a point in time{Expected("2026-11-23T18:05:00Z")}");
    }

    private string Expected(string example) => mapping.Format is { } format ? $" in the format {format}" : $" like {example}";

    private static bool Known(DateTimeOffset time, out DateTimeOffset instant)
    {
        instant = time;
        return true;
    }

    private static bool IsOneOf(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Trim().Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static FieldValue Flag(bool flag) => FieldValue.Bare(flag ? "true" : "false");

    private static FieldValue Bare(IFormattable number) => FieldValue.Bare(number.ToString(null, CultureInfo.InvariantCulture));
}
