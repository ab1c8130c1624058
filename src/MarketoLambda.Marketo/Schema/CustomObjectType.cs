using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Schema;

/// <summary>A custom object type as Marketo's schema interface reports it, approved or not.</summary>
public sealed record CustomObjectType
{
    /// <summary>API name, for example <c>car_c</c>.</summary>
    public required string ApiName { get; init; }

    public required string DisplayName { get; init; }

    public required CustomObjectTypeState State { get; init; }

    /// <summary>Canonical names of the key fields; empty in a fresh draft.</summary>
    public required IReadOnlyList<string> DedupeFields { get; init; }

    /// <summary>Fields of the version reported, system fields included.</summary>
    public required IReadOnlyList<RecordField> Fields { get; init; }

    /// <summary>The field of that name in any casing, or null.</summary>
    public RecordField? FindField(string name) =>
        Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Whether an object can be used, and whether changes wait for approval.</summary>
public enum CustomObjectTypeState
{
    /// <summary>Never approved: its records cannot be read or written.</summary>
    Draft,

    /// <summary>In use, without pending changes.</summary>
    Approved,

    /// <summary>In use, with changes that wait for approval.</summary>
    ApprovedWithDraft,
}

/// <summary>An object type to create.</summary>
/// <param name="ApiName">Letters, digits and underscore; cannot be changed after approval.</param>
/// <param name="DisplayName">Name people see in Marketo.</param>
/// <param name="PluralName">The same in the plural.</param>
/// <param name="Description">What it is for.</param>
public sealed record CustomObjectTypeDefinition(string ApiName, string DisplayName, string PluralName, string Description);

/// <summary>A field to add to an object type.</summary>
/// <param name="Name">API name.</param>
/// <param name="DisplayName">Name people see in Marketo.</param>
/// <param name="DataType">string, boolean, integer, float, email, currency, date, datetime, phone, text or link.</param>
public sealed record CustomObjectFieldDefinition(string Name, string DisplayName, string DataType)
{
    /// <summary>What it is for; null leaves it out.</summary>
    public string? Description { get; init; }

    /// <summary>True for the 1 to 3 fields that identify a record; cannot be changed after approval.</summary>
    public bool IsDedupeField { get; init; }

    /// <summary>What a field of type link points at; null for any other.</summary>
    public CustomObjectLink? RelatedTo { get; init; }
}

/// <summary>What a link field points at.</summary>
/// <param name="Name"><c>lead</c>, <c>company</c>, or the API name of an object without a link of its own.</param>
/// <param name="Field">The field there that holds the same value, for example <c>email</c>.</param>
public sealed record CustomObjectLink(string Name, string Field);

/// <summary>What Marketo allows of a type. Source: Adobe, rest-api/custom-objects, "Custom Object Metadata".</summary>
public static class CustomObjectLimits
{
    /// <summary>Most fields.</summary>
    public const int Fields = 50;

    /// <summary>Most fields that identify a record.</summary>
    public const int DedupeFields = 3;

    /// <summary>Most types that may be created through the interface.</summary>
    public const int Types = 10;
}
