using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Guesses;

/// <summary>Finds the type of the field that a column would need.</summary>
internal static class TypeGuess
{
    /// <summary>Most characters of a string in Marketo. Source: Adobe, rest-api/field-types.</summary>
    public const int MaxString = 255;

    /// <summary>Those that are tried, the narrowest first.</summary>
    private static readonly string[] Narrow = ["boolean", "integer", "float", "date", "datetime"];

    /// <summary>The narrowest type that takes every value, and how.</summary>
    /// <param name="name">API name of the field.</param>
    /// <param name="column">What it is filled from.</param>
    /// <param name="isKey">Keys are texts: what is a number today may have a letter tomorrow.</param>
    /// <param name="form">How the column fills a field.</param>
    public static (RecordField Field, FieldForm Form) Find(
        string name, ColumnSample column, bool isKey, Func<RecordField, FieldForm> form)
    {
        var isCode = isKey || column.Values.Any(NumberForms.IsCode);
        foreach (var type in column.Filled == 0 || isCode ? [] : Narrow)
        {
            RecordField field = new(name, column.Name, type, Length: null, IsUpdateable: true);
            if (!IsSwitch(column) && field.DataType == DataType.Boolean)
            {
                continue;
            }

            var found = form(field);
            if (found.FitsAll && !(IsDay(field) && IsNumber(column)) && !(field.DataType == DataType.Date && HasClock(column)))
            {
                return (field, found);
            }
        }

        var text = Text(name, column, isKey);
        return (text, form(text));
    }

    private static RecordField Text(string name, ColumnSample column, bool isKey)
    {
        var longest = column.Values.Select(value => value.Value is string text ? text.Length : 0).DefaultIfEmpty().Max();
        var isEmail = column.Filled > 0 && column.Values.All(value => value.Value is string text && IsEmail(text.Trim()));
        return isEmail && !isKey ? new RecordField(name, column.Name, "email", MaxString, IsUpdateable: true)
            : longest > MaxString ? new RecordField(name, column.Name, "text", Length: null, IsUpdateable: true)
            : new RecordField(name, column.Name, "string", MaxString, IsUpdateable: true);
    }

    private static bool IsDay(RecordField field) => field.DataType is DataType.Date or DataType.DateTime;

    /// <summary>A number that may be a day is rather a number.</summary>
    private static bool IsNumber(ColumnSample column) =>
        column.Values.All(value => value.Value is not (string or DateTime or DateTimeOffset or DateOnly));

    private static bool HasClock(ColumnSample column) =>
        column.Values.Any(value => value.Value switch
        {
            string text => text.Contains(':', StringComparison.Ordinal),
            DateTime time => time.TimeOfDay != TimeSpan.Zero,
            DateTimeOffset => true,
            _ => false,
        });

    /// <summary>Ones and zeros alone are counted rather than answered.</summary>
    private static bool IsSwitch(ColumnSample column) =>
        column.Values.Any(value => value.Value is bool || (value.Value is string text && text.Any(char.IsLetter)));

    private static bool IsEmail(string text) =>
        !text.Contains(' ', StringComparison.Ordinal)
        && text.Split('@') is [{ Length: > 0 }, { Length: > 2 } host]
        && host.Contains('.', StringComparison.Ordinal);
}
