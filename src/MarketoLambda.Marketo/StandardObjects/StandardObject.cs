using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.StandardObjects;

/// <summary>A type of records that every subscription has, reached by the interface that most types share.</summary>
/// <remarks>Source: Adobe, rest-api/lead-database, and the page of each type.</remarks>
public sealed class StandardObject
{
    /// <summary>The one dedupe field that holds a number.</summary>
    public const string LeadIdField = "leadId";

    private StandardObject(string path, string name, string idField, IReadOnlyList<string> keyFields, TimeSpan maxSync, string permission)
    {
        Permission = $"Read-Write {permission}";
        KeyFields = keyFields;
        MaxSync = maxSync;
        Endpoint = new RecordEndpoint(path, name, idField) { Sync = CallKind.Sync with { MarketoLimit = maxSync } };
    }

    /// <summary>What leads belong to. Where a native CRM sync owns companies they can only be read.</summary>
    public static StandardObject Companies { get; } = new("companies", "Company", "id", ["externalCompanyId"], Minute, "Company");

    public static StandardObject Opportunities { get; } =
        new("opportunities", "Opportunity", WireNames.MarketoGuid, ["externalOpportunityId"], Minute, "Opportunity");

    /// <summary>What a lead is in an opportunity; both must exist.</summary>
    public static StandardObject OpportunityRoles { get; } =
        new(
            "opportunities/roles",
            "OpportunityRole",
            WireNames.MarketoGuid,
            ["externalOpportunityId", LeadIdField, "role"],
            Minute,
            "Opportunity");

    public static StandardObject SalesPersons { get; } =
        new("salespersons", "SalesPerson", "id", ["externalSalesPersonId"], Minute, "Sales Person");

    public static StandardObject NamedAccounts { get; } =
        new("namedaccounts", "NamedAccount", WireNames.MarketoGuid, ["name"], TimeSpan.FromMinutes(2), "Named Account");

    private static TimeSpan Minute => TimeSpan.FromMinutes(1);

    /// <summary>The dedupe fields.</summary>
    public IReadOnlyList<string> KeyFields { get; }

    /// <summary>The permission to write it, in the words of Marketo's user interface.</summary>
    public string Permission { get; }

    /// <summary>How long Marketo works on a sync or delete call at most. Source: "Timeouts" of each type's page.</summary>
    public TimeSpan MaxSync { get; }

    internal RecordEndpoint Endpoint { get; }
}
