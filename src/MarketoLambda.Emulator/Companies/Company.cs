using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Companies;

/// <summary>Companies: what leads belong to.</summary>
/// <remarks>Source: Adobe, rest-api/companies; the length of the key is that of its example.</remarks>
internal static class Company
{
    private const int KeyLength = 100;

    private static readonly DateTimeOffset Since = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<FieldDefinition> Fields { get; } =
    [
        new("externalCompanyId", FieldDataTypes.String) { DisplayName = "External Company Id", IsDedupeField = true, Length = KeyLength },
        new("company", FieldDataTypes.String) { DisplayName = "Company Name", IsSearchable = true },
        new("externalSalesPersonId", FieldDataTypes.String)
        {
            DisplayName = "External Sales Person Id",
            Requires = new LinkTarget("salesPerson", "externalSalesPersonId"),
        },
        new("annualRevenue", FieldDataTypes.Currency) { DisplayName = "Annual Revenue" },
        new("billingCity", FieldDataTypes.String) { DisplayName = "Billing City" },
        new("billingCountry", FieldDataTypes.String) { DisplayName = "Billing Country" },
        new("billingPostalCode", FieldDataTypes.String) { DisplayName = "Billing Postal Code" },
        new("billingState", FieldDataTypes.String) { DisplayName = "Billing State" },
        new("billingStreet", FieldDataTypes.Text) { DisplayName = "Billing Address" },
        new("companyNotes", FieldDataTypes.Text) { DisplayName = "Company Notes" },
        new("industry", FieldDataTypes.String) { DisplayName = "Industry" },
        new("mainPhone", FieldDataTypes.Phone) { DisplayName = "Main Phone" },
        new("numberOfEmployees", FieldDataTypes.Integer) { DisplayName = "Num Employees" },
        new("sicCode", FieldDataTypes.String) { DisplayName = "SIC Code" },
        new("site", FieldDataTypes.String) { DisplayName = "Site" },
        new("website", FieldDataTypes.Url) { DisplayName = "Website" },
    ];

    public static StandardObject Object { get; } = new("/rest/v1/companies", Schema)
    {
        LinkName = LinkableObjects.Company,
        Read = ApiPermissions.ReadCompany,
        Write = ApiPermissions.WriteCompany,
        IsCrmOwned = true,
    };

    private static ObjectSchema Schema => new()
    {
        ApiName = "Company",
        DisplayName = "Company",
        Description = "Company object",
        Id = IdField.Number,
        IsStandard = true,
        Created = Since,
        Updated = Since,
        Fields = [.. Fields.Select((definition, ordinal) => definition with { Ordinal = (byte)ordinal })],
    };
}
