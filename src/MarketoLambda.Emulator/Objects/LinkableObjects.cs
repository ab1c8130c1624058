using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>What a link field may point at: leads, companies, and approved custom objects that have no link themselves.</summary>
/// <remarks>
/// Source: Adobe, rest-api/custom-objects, "Linkable Objects". Of leads and companies its example gives the names that people see
/// (<c>Id</c>, <c>Email Address</c>) for the names of fields too; a link may name a field by either name.
/// </remarks>
internal sealed class LinkableObjects(ObjectCatalog catalog)
{
    public const string Lead = "lead";
    public const string Company = "company";

    private static readonly LinkableField Id = LinkableField.Shown("id", "Id", FieldDataTypes.Integer);

    public IEnumerable<LinkableObject> All() =>
        [
            Leads(),
            new LinkableObject(
                Company,
                "Company",
                [Id, LinkableField.Shown("externalCompanyId", "External Company Id", FieldDataTypes.String) with { IsListed = false }]),
            .. catalog
                .All.Select(type => type.Approved)
                .OfType<ObjectSchema>()
                .Where(schema => schema.Links.IsEmpty)
                .Select(schema => new LinkableObject(
                    schema.ApiName,
                    schema.DisplayName,
                    [
                        new LinkableField(ObjectSchema.MarketoGuid, "Marketo GUID", FieldDataTypes.String),
                        .. schema.DedupeFields.Select(field => new LinkableField(field.Name, field.DisplayName, field.ValueType)),
                    ])),
        ];

    /// <summary>How answers spell what a link points at: of leads and companies the names that people see.</summary>
    public LinkTarget Shown(LinkTarget target) =>
        target.Name is Lead or Company && All().First(parent => parent.Name == target.Name) is var parent
            ? new LinkTarget(parent.DisplayName, parent.Fields.First(field => field.Name == target.Field).DisplayName)
            : target;

    /// <summary>The field a link points at, or null when nothing there may be linked to. Names are canonical afterwards.</summary>
    public (LinkTarget Target, LinkableField Field)? Find(LinkTarget target)
    {
        var found = All().FirstOrDefault(candidate => candidate.Name.Equals(target.Name, StringComparison.OrdinalIgnoreCase));
        var field = found?.Fields.FirstOrDefault(candidate => candidate.IsNamed(target.Field));
        return found is null || field is null ? null : (new LinkTarget(found.Name, field.Name), field);
    }

    /// <summary>Leads with the fields that identify them, custom ones among them, by their display names.</summary>
    private LinkableObject Leads() => new(
        Lead,
        "Lead",
        [
            .. catalog.Standard(Lead).Newest.Fields
                .Where(field => field.IsLinkable)
                .Select(field => LinkableField.Shown(field.Name, field.DisplayName, field.DataType))
                .Append(Id)
                .OrderBy(field => field.DisplayName, StringComparer.Ordinal),
        ]);
}

/// <summary>An object a link may point at, with its key fields.</summary>
internal sealed record LinkableObject(string Name, string DisplayName, IReadOnlyList<LinkableField> Fields);

/// <summary>A key field a link may point at.</summary>
internal sealed record LinkableField(string Name, string DisplayName, string DataType)
{
    /// <summary>Its name in the list of linkable objects.</summary>
    public string ListedName { get; private init; } = Name;

    /// <summary>Whether the list of linkable objects has it.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>One that the list names as people see it.</summary>
    public static LinkableField Shown(string name, string displayName, string dataType) =>
        new(name, displayName, dataType) { ListedName = displayName };

    public bool IsNamed(string name) =>
        Name.Equals(name, StringComparison.OrdinalIgnoreCase) || DisplayName.Equals(name, StringComparison.OrdinalIgnoreCase);
}
