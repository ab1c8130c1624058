using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>What a link field may point at: leads, companies, and approved custom objects that have no link themselves.</summary>
/// <remarks>
/// Source: Adobe, rest-api/custom-objects, "Linkable Objects". A link may name a field by its REST name or, as recorded answers do, by the
/// name people see: <c>id</c> or <c>Id</c>, <c>email</c> or <c>Email Address</c>.
/// </remarks>
internal sealed class LinkableObjects(ObjectCatalog catalog)
{
    public const string Lead = "lead";
    public const string Company = "company";

    private static readonly LinkableObject Leads = new(
        Lead,
        "Lead",
        [new("id", "Id", FieldDataTypes.Integer), new("email", "Email Address", FieldDataTypes.Email)]);
    private static readonly LinkableObject Companies = new(
        Company,
        "Company",
        [new("id", "Id", FieldDataTypes.Integer), new("externalCompanyId", "External Company Id", FieldDataTypes.String)]);

    public IEnumerable<LinkableObject> All() =>
        [
            Leads,
            Companies,
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
    public static LinkTarget Shown(LinkTarget target)
    {
        var parent = target.Name switch
        {
            Lead => Leads,
            Company => Companies,
            _ => null,
        };
        return parent is null
            ? target
            : new LinkTarget(parent.DisplayName, parent.Fields.First(field => field.Name == target.Field).DisplayName);
    }

    /// <summary>The field a link points at, or null when nothing there may be linked to. Names are canonical afterwards.</summary>
    public (LinkTarget Target, LinkableField Field)? Find(LinkTarget target)
    {
        var found = All().FirstOrDefault(candidate => candidate.Name.Equals(target.Name, StringComparison.OrdinalIgnoreCase));
        var field = found?.Fields.FirstOrDefault(candidate => candidate.IsNamed(target.Field));
        return found is null || field is null ? null : (new LinkTarget(found.Name, field.Name), field);
    }
}

/// <summary>An object a link may point at, with its key fields.</summary>
internal sealed record LinkableObject(string Name, string DisplayName, IReadOnlyList<LinkableField> Fields);

/// <summary>A key field a link may point at.</summary>
internal sealed record LinkableField(string Name, string DisplayName, string DataType)
{
    public bool IsNamed(string name) =>
        Name.Equals(name, StringComparison.OrdinalIgnoreCase) || DisplayName.Equals(name, StringComparison.OrdinalIgnoreCase);
}
