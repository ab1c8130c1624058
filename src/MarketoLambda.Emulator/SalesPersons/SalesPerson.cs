using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.SalesPersons;

/// <summary>Sales persons, who own leads, companies and opportunities.</summary>
/// <remarks>Source: Adobe, rest-api/sales-persons; the fields beyond its example are those of its blog.</remarks>
internal static class SalesPerson
{
    public const string Name = "SalesPerson";

    private const string KeyField = "externalSalesPersonId";

    /// <summary>What names a sales person.</summary>
    public static readonly LinkTarget Key = new(Name, KeyField);

    public static StandardObject Object { get; } = new("/rest/v1/salespersons", Schema)
    {
        Read = ApiPermissions.ReadSalesPerson,
        Write = ApiPermissions.WriteSalesPerson,
        IsCrmOwned = true,
        NamedBy = [new("lead", KeyField), new("Company", KeyField), new("opportunity", KeyField)],
    };

    private static ObjectSchema Schema => StandardSchema.Create(
        Name,
        IdField.Number,
        [
            new(KeyField, FieldDataTypes.String) { DisplayName = "External Sales Person Id", IsDedupeField = true },
            new("email", FieldDataTypes.String) { DisplayName = "Email", IsSearchable = true },
            new("firstName", FieldDataTypes.String) { DisplayName = "First Name" },
            new("lastName", FieldDataTypes.String) { DisplayName = "Last Name" },
            new("title", FieldDataTypes.String) { DisplayName = "Title" },
            new("phone", FieldDataTypes.Phone) { DisplayName = "Phone" },
            new("mobilePhone", FieldDataTypes.Phone) { DisplayName = "Mobile Phone" },
            new("fax", FieldDataTypes.Phone) { DisplayName = "Fax" },
        ]) with
    {
        ShowsAllFields = true,
    };
}
