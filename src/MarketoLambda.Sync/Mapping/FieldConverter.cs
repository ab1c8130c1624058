using System.Globalization;
using System.Text;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sync.Mapping;

/// <summary>Turns values of the source into values of one Marketo field.</summary>
/// <remarks>
/// Types as in Adobe, rest-api/field-types. Whether Marketo refuses or cuts a text that is too long is not documented,
/// so it is refused here: nothing is cut silently.
/// </remarks>
internal sealed class FieldConverter
{
    private const double MaxExactDouble = 1L << 53;
    private const float MaxExactFloat = 1L << 24;

    private readonly RecordField _field;
    private readonly FieldMapping _mapping;
    private readonly SourceConventions _conventions;
    private readonly Func<object, FieldValue> _convert;

    public FieldConverter(RecordField field, FieldMapping mapping, SourceConventions sourceConventions)
    {
        _field = field;
        _mapping = mapping;
        _conventions = Conventions(mapping, sourceConventions);
        _convert = field.DataType switch
        {
            DataType.Integer or DataType.Score or DataType.Percent => Integer,
            DataType.Float or DataType.Currency => Number,
            DataType.Boolean => Boolean,
            DataType.Date => Date,
            DataType.DateTime => Time,
            _ => Text,
        };
    }

    /// <summary>How texts are written that this field is filled with.</summary>
    public static SourceConventions Conventions(FieldMapping mapping, SourceConventions sourceConventions) =>
        mapping.From is FixedValue ? sourceConventions with { Culture = CultureInfo.InvariantCulture }
        : mapping.Culture is { } culture ? sourceConventions with { Culture = culture }
        : sourceConventions;

    public FieldValue Convert(object? value) => value is null or "" ? FieldValue.Empty : _convert(value);

    private FieldValue Text(object value)
    {
        var text = SourceText.Format(value);
        return _field.Length is { } length && text.Length > length
                ? FieldValue.TooLong($"holds {length} characters at most and the value has {text.Length}")
            : _field.IsAsciiOnly && !Ascii.IsValid(text) ? FieldValue.Wrong("takes only letters of English, digits and signs of ASCII")
            : _field.IsAsciiOnly && !IsAddress(text) ? FieldValue.Wrong("needs an e-mail address, such as name@example.com")
            : FieldValue.Quoted(text);
    }

    /// <summary>
    /// What is certain to be none is refused here: no sign @ with something on either side of it, or a blank inside. All else is left to
    /// Marketo.
    /// </summary>
    private static bool IsAddress(string text)
    {
        var address = text.AsSpan().Trim();
        return address.IndexOf('@') > 0 && address.LastIndexOf('@') < address.Length - 1 && !address.ContainsAny(" \t\r\n");
    }

    private FieldValue Integer(object value) => value switch
    {
        string text => NumberText.TryReadWhole(text, _conventions, out var number)
            ? Bare(number)
            : FieldValue.Wrong($"needs a whole number{ExpectedNumber(text, 1234m)}"),
        sbyte or byte or short or ushort or int or uint or long => Bare((IFormattable)value),
        decimal number when decimal.IsInteger(number) => Bare(decimal.Truncate(number)),
        double number when double.IsInteger(number) && Math.Abs(number) <= MaxExactDouble => Bare((long)number),
        float number when float.IsInteger(number) && Math.Abs(number) <= MaxExactFloat => Bare((long)number),
        _ => FieldValue.Wrong("needs a whole number"),
    };

    private FieldValue Number(object value) => value switch
    {
        string text => NumberText.TryReadDecimal(text, _conventions, out var number)
            ? Bare(number)
            : FieldValue.Wrong($"needs a number{ExpectedNumber(text, 1234.5m)}"),
        double number when !double.IsFinite(number) => FieldValue.Wrong("needs a number"),
        float number when !float.IsFinite(number) => FieldValue.Wrong("needs a number"),
        sbyte or byte or short or ushort or int or uint or long or float or double or decimal => Bare((IFormattable)value),
        _ => FieldValue.Wrong("needs a number"),
    };

    private string ExpectedNumber(string text, decimal example) =>
        NumberText.IsAmbiguous(text, _conventions)
            ? "; without a \"culture\", such as en-US or de-DE, nobody can tell a decimal sign from one between thousands"
        : _conventions.Culture.Equals(CultureInfo.InvariantCulture) ? decimal.IsInteger(example) ? "" : " written like 1234.5"
        : $" written like {example.ToString(decimal.IsInteger(example) ? "N0" : "N1", _conventions.Culture)} ({_conventions.Culture.Name})";

    private static FieldValue Boolean(object value) => value switch
    {
        bool flag => Flag(flag),
        string text when IsOneOf(text, "true", "yes", "y", "1") => Flag(true),
        string text when IsOneOf(text, "false", "no", "n", "0") => Flag(false),
        _ => FieldValue.Wrong("needs true or false (yes, no, 1 and 0 are understood too); "
            + "for other words use \"map\", such as { \"Ja\": true, \"Nein\": false }"),
    };

    // A date has no zone: it is taken as it is written.
    private FieldValue Date(object value)
    {
        var (isDate, day) = value switch
        {
            DateOnly date => (true, date),
            DateTime time => (true, DateOnly.FromDateTime(time)),
            DateTimeOffset time => (true, DateOnly.FromDateTime(time.DateTime)),
            _ => Text(value, out var text, out var conventions)
                && SourceInstant.TryParseDate(text, _mapping.Format, conventions, out var read)
                ? (true, read)
                : (false, default),
        };
        return isDate
            ? FieldValue.Quoted(day.ToString("O", CultureInfo.InvariantCulture))
            : FieldValue.Wrong($"needs a date{ExpectedTime.Describe(_mapping.Format, _conventions, hasTime: false)}{OtherForms(value)}");
    }

    // Whole seconds, rounded down: what Marketo makes of fractions is not documented.
    private FieldValue Time(object value)
    {
        var instant = default(DateTimeOffset);
        var isTime = value switch
        {
            DateTimeOffset time => Known(time, out instant),
            DateTime time => SourceInstant.TryPlace(time, _conventions, out instant),
            DateOnly day => SourceInstant.TryPlace(day.ToDateTime(TimeOnly.MinValue), _conventions, out instant), // its first moment
            _ => Text(value, out var text, out var conventions)
                && SourceInstant.TryParse(text, _mapping.Format, conventions, out instant),
        };
        return isTime ? FieldValue.Quoted($"{instant.UtcDateTime:s}Z")
            : IsLeftOut(value) ? FieldValue.Wrong($"needs a point in time that exists in {_conventions.TimeZone.Id}: "
                + "this one is in the hour that the change of clocks in spring leaves out there")
            : FieldValue.Wrong(
                $"needs a point in time{ExpectedTime.Describe(_mapping.Format, _conventions, hasTime: true)}{OtherForms(value)}");
    }

    private string OtherForms(object value) =>
        _mapping is { Format: null, From: not FixedValue } ? "; for another form set \"format\""
        : value is string text ? ExpectedTime.Hint(text, _mapping.Format, _conventions)
        : "";

    private bool IsLeftOut(object value) => value switch
    {
        DateTime { Kind: DateTimeKind.Unspecified } time => _conventions.TimeZone.IsInvalidTime(time),
        string text => SourceInstant.IsLeftOut(text, _mapping.Format, _conventions),
        _ => false,
    };

    /// <summary>The text to read a time from; a number has one only where a format is made of one.</summary>
    private bool Text(object value, out string text, out SourceConventions conventions)
    {
        conventions = value is string ? _conventions : _conventions with { Culture = CultureInfo.InvariantCulture };
        var hasText = value is string or sbyte or byte or short or ushort or int or uint or long or float or double or decimal;
        text = hasText ? SourceText.Format(value) : "";
        return text.Length > 0;
    }

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

    private static FieldValue Bare<T>(T number)
        where T : IFormattable =>
        FieldValue.Bare(number.ToString(null, CultureInfo.InvariantCulture));
}
