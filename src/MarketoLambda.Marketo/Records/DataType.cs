using System.Diagnostics.CodeAnalysis;

namespace MarketoLambda.Marketo.Records;

/// <summary>Marketo's data types of fields.</summary>
/// <remarks>Source: Adobe, rest-api/field-types, and what <em>describe</em> answers in real subscriptions.</remarks>
[SuppressMessage("Naming", "CA1720", Justification = "These are Marketo's names")]
public enum DataType
{
    /// <summary>A word this program does not know; values are sent as text.</summary>
    Other,

    String,

    Text,

    Email,

    Phone,

    Url,

    Integer,

    /// <summary>A whole number.</summary>
    Score,

    /// <summary>A whole number.</summary>
    Percent,

    Float,

    Currency,

    Boolean,

    Date,

    DateTime,

    /// <summary>Key of a record of another type; the type of its values is that key's.</summary>
    Link,

    Reference,
}

/// <summary>The words Marketo has for <see cref="DataType"/>.</summary>
internal static class DataTypes
{
    /// <summary>What Marketo's word means, in any casing.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Marketo's words are in lower case")]
    public static DataType Parse(string word) => word.ToLowerInvariant() switch
    {
        "string" => DataType.String,
        "text" => DataType.Text,
        "email" => DataType.Email,
        "phone" => DataType.Phone,
        "url" => DataType.Url,
        "integer" => DataType.Integer,
        "score" => DataType.Score,
        "percent" => DataType.Percent,
        "float" => DataType.Float,
        "currency" => DataType.Currency,
        "boolean" => DataType.Boolean,
        "date" => DataType.Date,
        "datetime" => DataType.DateTime,
        "link" => DataType.Link,
        "reference" => DataType.Reference,
        _ => DataType.Other,
    };
}
