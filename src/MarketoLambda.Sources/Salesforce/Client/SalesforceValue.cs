using System.Globalization;

namespace MarketoLambda.Sources.Salesforce.Client;

/// <summary>Gives values their type, the same for the JSON of queries and the CSV of bulk jobs.</summary>
/// <remarks>Source: SOAP API Developer Guide, "Primitive Data Types" and "Field Types".</remarks>
internal static class SalesforceValue
{
    /// <param name="type">Salesforce's type of the field.</param>
    /// <param name="text">As it was sent; null or empty for nothing.</param>
    public static object? Parse(string type, string? text) => string.IsNullOrEmpty(text) ? null : type switch
    {
        "int" or "long" or "double" or "currency" or "percent" => Number(text),
        "boolean" => bool.TryParse(text, out var flag) ? flag : text,
        "datetime" => Time(text),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : text,
        _ => text,
    };

    /// <summary>Whole numbers stay whole: Salesforce sends 5 of a number field as 5.0.</summary>
    private static object Number(string text) =>
        !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? text
        : number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (object)(long)number
        : number;

    // REST writes 2026-11-23T18:05:00.000+0000, bulk jobs write 2026-11-23T18:05:00.000Z.
    private static object Time(string text) =>
        DateTimeOffset.TryParseExact(
            text.Length > 5 && text[^5] is '+' or '-' ? text.Insert(text.Length - 2, ":") : text,
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time) ? time : text;
}
