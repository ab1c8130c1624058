using MarketoLambda.Emulator.Companies;
using MarketoLambda.Emulator.SalesPersons;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Leads;

/// <summary>The fields that leads of every subscription have, apart from <c>id</c>, <c>createdAt</c> and <c>updatedAt</c>.</summary>
/// <remarks>Names, types, lengths and what is read-only are those of a recorded <em>describe</em>; it has some more.</remarks>
internal static class LeadFields
{
    private const int IdLength = 50;

    private static readonly string[] Inferred =
    [
        "Company", "Country", "City", "StateRegion", "PostalCode", "MetropolitanArea", "PhoneAreaCode",
    ];

    private static readonly string[] Networks = ["Facebook", "LinkedIn", "Twitter"];

    private static readonly string[] Original = ["SourceType", "SourceInfo", "SearchEngine", "SearchPhrase", "Referrer"];

    private static readonly string[] Sfdc = ["AccountId", "ContactId", "LeadId", "LeadOwnerId", "OpptyId"];

    public static IReadOnlyList<FieldDefinition> All { get; } =
    [
        new(Lead.Email, FieldDataTypes.Email)
        {
            DisplayName = "Email Address",
            IsDedupeField = true,
            IsSearchable = true,
            IsLinkable = true,
        },
        Text("firstName", "First Name"),
        Text("lastName", "Last Name"),
        Text("middleName", "Middle Name"),
        Text("salutation", "Salutation"),
        Text("title", "Job Title"),
        new("phone", FieldDataTypes.Phone) { DisplayName = "Phone Number" },
        new("mobilePhone", FieldDataTypes.Phone) { DisplayName = "Mobile Phone Number" },
        new("fax", FieldDataTypes.Phone) { DisplayName = "Fax Number" },
        new("address", FieldDataTypes.Text) { DisplayName = "Address" },
        Text("city", "City"),
        Text("state", "State"),
        Text("country", "Country"),
        Text("postalCode", "Postal Code"),
        Text("department", "Department"),
        Text("leadSource", "Person Source"),
        Text("leadStatus", "Person Status"),
        Text("leadRole", "Role"),
        Text("rating", "Person Rating"),
        new("dateOfBirth", FieldDataTypes.Date) { DisplayName = "Date of Birth" },
        new("leadScore", FieldDataTypes.Integer) { DisplayName = "Person Score" },
        new("priority", FieldDataTypes.Integer) { DisplayName = "Priority" },
        new("urgency", FieldDataTypes.Float) { DisplayName = "Urgency" },
        Flag("unsubscribed", "Unsubscribed"),
        Text("unsubscribedReason", "Unsubscribed Reason"),
        Flag("doNotCall", "Do Not Call"),
        Flag("emailInvalid", "Email Invalid"),
        Text("emailInvalidCause", "Email Invalid Cause"),
        Flag("blackListed", "Blocklisted"),
        Flag("marketingSuspended", "Marketing Suspended"),
        new("externalCompanyId", FieldDataTypes.String)
        {
            DisplayName = "External Company Id",
            Length = IdLength,
            Parent = Company.Key,
        },
        new("externalSalesPersonId", FieldDataTypes.String)
        {
            DisplayName = "External Sales Person Id",
            Length = IdLength,
            Requires = SalesPerson.Key,
        },
        new(Lead.PartitionId, FieldDataTypes.Integer) { DisplayName = "Lead Partition Id", IsSearchable = true, IsReadOnly = true },
        .. Networks.Select(network => SocialId(network)),
        .. Sfdc.Select(part => Text($"sfdc{part}", $"SFDC {part}") with { Length = IdLength, IsSearchable = true }),
        .. Original.Select(part => Text($"original{part}", $"Original {part}") with { IsReadOnly = true }),
        .. Inferred.Select(part => Text($"inferred{part}", $"Inferred {part}") with { IsReadOnly = true }),
        .. Company.Fields
            .Where(field => !field.IsDedupeField && field.Requires is null)
            .Select(field => field with { IsOfCompany = true, IsSearchable = false }),
    ];

    private static FieldDefinition Text(string name, string displayName) =>
        new(name, FieldDataTypes.String) { DisplayName = displayName };

    private static FieldDefinition SocialId(string network) =>
        Text($"{char.ToLowerInvariant(network[0])}{network[1..]}Id", $"Marketo Social {network} Id") with
        {
            IsSearchable = true,
            IsLinkable = true,
        };

    private static FieldDefinition Flag(string name, string displayName) =>
        new(name, FieldDataTypes.Boolean) { DisplayName = displayName };
}
