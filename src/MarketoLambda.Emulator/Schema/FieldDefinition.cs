namespace MarketoLambda.Emulator.Schema;

/// <summary>A field of an object.</summary>
/// <param name="Name">REST name, for example <c>aPIName</c>.</param>
/// <param name="DataType">One of <see cref="FieldDataTypes"/>, for example <c>datetime</c>.</param>
public sealed record FieldDefinition(string Name, string DataType)
{
    /// <summary>Default: <see cref="Name"/>.</summary>
    public string DisplayName { get; init; } = Name;

    public string? Description { get; init; }

    public bool IsDedupeField { get; init; }

    /// <summary>What a field of type <c>link</c> points at; null for any other type.</summary>
    public LinkTarget? RelatedTo { get; init; }

    /// <summary>Most characters; null: as many as its type.</summary>
    internal int? Length { get; init; }

    /// <summary>Records can be looked for by it, although it is no key.</summary>
    internal bool IsSearchable { get; init; }

    /// <summary>Links of custom objects may point at it, beside <c>id</c>; of leads only.</summary>
    internal bool IsLinkable { get; init; }

    /// <summary>A record that must exist where the field has a value, else its record is skipped; null for any other field.</summary>
    internal LinkTarget? Parent { get; init; }

    /// <summary>A number that queries may show as text; see the quirk of opportunities.</summary>
    internal bool IsShownAsText { get; init; }

    /// <summary>A record must have a value here; see the quirk of opportunities.</summary>
    internal bool IsRequired { get; init; }

    /// <summary>People defined it; of leads only.</summary>
    internal bool IsCustom { get; init; }

    /// <summary>A call defined it, and not people in Marketo's user interface; of leads only.</summary>
    internal bool IsMadeByApi { get; init; }

    /// <summary>Only Marketo fills it.</summary>
    internal bool IsReadOnly { get; init; }

    /// <summary>A field of the company, which its leads show.</summary>
    internal bool IsOfCompany { get; init; }

    /// <summary>A record that must exist where the field has a value, else the whole call is refused; null for any other field.</summary>
    internal LinkTarget? Requires { get; init; }

    /// <summary>
    /// Place of its value in a stored record: 0 for the first field the object ever had. Never used again for another field.
    /// </summary>
    internal byte Ordinal { get; init; }

    /// <summary>The type of its values: for a link that of the field it points at, otherwise its own.</summary>
    internal string ValueType { get; init; } = DataType;

    /// <summary>A field of type string that (alone or with others) is the key.</summary>
    public static FieldDefinition Key(string name) => new(name, FieldDataTypes.String) { IsDedupeField = true };

    /// <summary>A field that points at a lead, a company or another custom object.</summary>
    /// <param name="objectName"><c>lead</c>, <c>company</c> or the API name of a custom object without links.</param>
    /// <param name="field">Key field over there: <c>id</c> or <c>email</c> of a lead, <c>id</c> or <c>externalCompanyId</c> of a company, a
    /// dedupe field of a custom object.</param>
    public static FieldDefinition Link(string name, string objectName, string field) =>
        new(name, FieldDataTypes.Link) { RelatedTo = new LinkTarget(objectName, field) };
}

/// <summary>The object and key field a link points at.</summary>
public sealed record LinkTarget(string Name, string Field);
