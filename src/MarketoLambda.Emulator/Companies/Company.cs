using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.SalesPersons;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Companies;

/// <summary>Companies: what leads belong to.</summary>
/// <remarks>Source: Adobe, rest-api/companies; the length of the key is that of its example.</remarks>
internal static class Company
{
    private const int KeyLength = 100;

    private const string Name = "Company";

    public static IReadOnlyList<FieldDefinition> Fields { get; } =
    [
        new("externalCompanyId", FieldDataTypes.String) { DisplayName = "External Company Id", IsDedupeField = true, Length = KeyLength },
        new("company", FieldDataTypes.String) { DisplayName = "Company Name", IsSearchable = true },
        new("externalSalesPersonId", FieldDataTypes.String)
        {
            DisplayName = "External Sales Person Id",
            Requires = SalesPerson.Key,
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

    /// <summary>What names a company.</summary>
    public static readonly LinkTarget Key = new(Name, "externalCompanyId");

    public static StandardObject Object { get; } = new("/rest/v1/companies", Schema)
    {
        LinkName = LinkableObjects.Company,
        Read = ApiPermissions.ReadCompany,
        Write = ApiPermissions.WriteCompany,
        IsCrmOwned = true,
    };

    private static ObjectSchema Schema =>
        StandardSchema.Create(Name, IdField.Number, Fields) with { DisplayName = "Company", Description = "Company object" };
}
