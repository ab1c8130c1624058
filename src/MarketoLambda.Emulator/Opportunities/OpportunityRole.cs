using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Leads;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Opportunities;

/// <summary>What part a lead has in an opportunity.</summary>
/// <remarks>
/// Source: Adobe, rest-api/opportunity-roles. Both must exist; which reason a role without them gets is not documented.
/// </remarks>
internal static class OpportunityRole
{
    public static StandardObject Object { get; } = new($"{Opportunity.Path}/roles", Schema)
    {
        Read = ApiPermissions.ReadOpportunity,
        Write = ApiPermissions.WriteOpportunity,
        IsHiddenByCrm = true,
    };

    private static ObjectSchema Schema => StandardSchema.Create(
        "opportunityRole",
        IdField.MarketoGuid,
        [
            new(Opportunity.KeyField, FieldDataTypes.String)
            {
                DisplayName = "External Opportunity Id",
                IsDedupeField = true,
                IsSearchable = true,
                Length = Opportunity.KeyLength,
                Parent = Opportunity.Key,
            },
            new("leadId", FieldDataTypes.Integer)
            {
                DisplayName = "Lead Id",
                IsDedupeField = true,
                IsSearchable = true,
                Parent = Lead.Key,
            },
            new("role", FieldDataTypes.String) { DisplayName = "Role", IsDedupeField = true, Length = Opportunity.KeyLength },
            new("isPrimary", FieldDataTypes.Boolean) { DisplayName = "Is Primary" },
            new("externalCreatedDate", FieldDataTypes.Datetime) { DisplayName = "External Created Date" },
        ]) with
    {
        DisplayName = "Opportunity Role",
        ShowsDisplayName = true,
    };
}
