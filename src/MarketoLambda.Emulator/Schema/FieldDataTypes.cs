using System.Diagnostics.CodeAnalysis;

namespace MarketoLambda.Emulator.Schema;

/// <summary>Data types of fields, by the names Marketo gives them.</summary>
/// <remarks>Source: Adobe, rest-api/custom-objects, "Field Data Types".</remarks>
[SuppressMessage("Naming", "CA1720", Justification = "These are Marketo's names")]
public static class FieldDataTypes
{
    public const string String = "string";
    public const string Boolean = "boolean";
    public const string Integer = "integer";
    public const string Float = "float";
    public const string Link = "link";
    public const string Email = "email";
    public const string Currency = "currency";
    public const string Date = "date";
    public const string Datetime = "datetime";
    public const string Phone = "phone";
    public const string Text = "text";

    /// <summary>Of standard objects only.</summary>
    public const string Url = "url";

    /// <summary>A whole number; of leads and standard objects only.</summary>
    public const string Percent = "percent";

    /// <summary>A whole number; of leads only.</summary>
    public const string Score = "score";

    /// <summary>The id of something else; of leads only.</summary>
    public const string Reference = "reference";

    /// <summary>Those of custom fields.</summary>
    public static IReadOnlyList<string> All { get; } =
    [String, Boolean, Integer, Float, Link, Email, Currency, Date, Datetime, Phone, Text];

    /// <summary>Whether values are text with a length.</summary>
    internal static bool HasLength(string type) => type is String or Email or Phone or Text or Url;
}
