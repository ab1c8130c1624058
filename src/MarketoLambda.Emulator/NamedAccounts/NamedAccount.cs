using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.NamedAccounts;

/// <summary>Named accounts of account-based marketing.</summary>
/// <remarks>Source: Adobe, rest-api/named-accounts; types beyond its examples are guesses. Leads cannot be linked to them.</remarks>
internal static class NamedAccount
{
    private const int SicCodeLength = 40;

    public static StandardObject Object { get; } = new("/rest/v1/namedaccounts", Schema)
    {
        Read = ApiPermissions.ReadNamedAccount,
        Write = ApiPermissions.WriteNamedAccount,
    };

    private static ObjectSchema Schema => StandardSchema.Create(
        "Named Account",
        IdField.MarketoGuid,
        [
            new("name", FieldDataTypes.String) { DisplayName = "Name", IsDedupeField = true },
            Searchable("annualRevenue", FieldDataTypes.Currency),
            Searchable("city", FieldDataTypes.String),
            Searchable("country", FieldDataTypes.String),
            Searchable("domainName", FieldDataTypes.String),
            Searchable("industry", FieldDataTypes.String),
            Searchable("logoUrl", FieldDataTypes.String),
            Searchable("membershipCount", FieldDataTypes.Integer) with { IsReadOnly = true },
            Searchable("numberOfEmployees", FieldDataTypes.Integer),
            Searchable("opptyAmount", FieldDataTypes.Currency) with { IsReadOnly = true },
            Searchable("opptyCount", FieldDataTypes.Integer) with { IsReadOnly = true },
            .. Enumerable.Range(1, 5).Select(number => Searchable($"score{number}", FieldDataTypes.Integer)),
            Searchable("sicCode", FieldDataTypes.String) with { Length = SicCodeLength },
            Searchable("state", FieldDataTypes.String),
        ]) with
    {
        Description = "Marketo standard account attribute map",
    };

    private static FieldDefinition Searchable(string name, string type) => new(name, type) { IsSearchable = true };
}
