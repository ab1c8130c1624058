using MarketoLambda.Emulator.Companies;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.SalesPersons;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Opportunities;

/// <summary>Opportunities, which leads have a part in through roles.</summary>
/// <remarks>Source: Adobe, rest-api/opportunities.</remarks>
internal static class Opportunity
{
    public const string Name = "opportunity";
    public const string Path = "/rest/v1/opportunities";
    public const string KeyField = "externalOpportunityId";
    public const int KeyLength = 50;

    /// <summary>What names an opportunity.</summary>
    public static readonly LinkTarget Key = new(Name, KeyField);

    public static StandardObject Object { get; } = new(Path, Schema)
    {
        Read = ApiPermissions.ReadOpportunity,
        Write = ApiPermissions.WriteOpportunity,
        IsCrmOwned = true,
    };

    private static ObjectSchema Schema => StandardSchema.Create(
        Name,
        IdField.MarketoGuid,
        [
            new(KeyField, FieldDataTypes.String) { DisplayName = "External Opportunity Id", IsDedupeField = true, Length = KeyLength },
            new("name", FieldDataTypes.String) { DisplayName = "Name", IsRequired = true },
            new("description", FieldDataTypes.Text) { DisplayName = "Description" },
            new("type", FieldDataTypes.String) { DisplayName = "Type" },
            new("stage", FieldDataTypes.String) { DisplayName = "Stage" },
            new("source", FieldDataTypes.String) { DisplayName = "Source" },
            new("amount", FieldDataTypes.Currency) { DisplayName = "Amount", IsShownAsText = true },
            new("expectedRevenue", FieldDataTypes.Currency) { DisplayName = "Expected Revenue", IsShownAsText = true },
            new("probability", FieldDataTypes.Integer) { DisplayName = "Probability" },
            new("quantity", FieldDataTypes.Float) { DisplayName = "Quantity" },
            new("closeDate", FieldDataTypes.Date) { DisplayName = "Close Date" },
            new("isClosed", FieldDataTypes.Boolean) { DisplayName = "Is Closed" },
            new("isWon", FieldDataTypes.Boolean) { DisplayName = "Is Won" },
            new("forecastCategory", FieldDataTypes.String) { DisplayName = "Forecast Category" },
            new("fiscalYear", FieldDataTypes.Integer) { DisplayName = "Fiscal Year" },
            new("externalCreatedDate", FieldDataTypes.Datetime) { DisplayName = "External Created Date" },
            new("externalCompanyId", FieldDataTypes.String) { DisplayName = "External Company Id", Parent = Company.Key },
            new("externalSalesPersonId", FieldDataTypes.String) { DisplayName = "External Sales Person Id", Requires = SalesPerson.Key },
        ]) with
    {
        DisplayName = "Opportunity",
        ShowsDisplayName = true,
    };
}
