using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>What is special about fields of leads.</summary>
internal static class LeadFields
{
    /// <summary>Fields that a lead shows and its company owns. Source: Adobe, rest-api/companies and rest-api/leads (1021).</summary>
    private static readonly HashSet<string> OfCompany = new(StringComparer.OrdinalIgnoreCase)
    {
        "company",
        "site",
        "billingStreet",
        "billingCity",
        "billingState",
        "billingCountry",
        "billingPostalCode",
        "website",
        "mainPhone",
        "annualRevenue",
        "numberOfEmployees",
        "industry",
        "sicCode",
        "companyNotes",
    };

    /// <summary>The description, with what only the documentation says.</summary>
    /// <param name="description">As Marketo answered.</param>
    /// <param name="lookupField">The field that is the key.</param>
    public static RecordTypeDescription Complete(RecordTypeDescription description, string lookupField) =>
        new(
            description.Name,
            description.DisplayName,
            [description.FindField(lookupField)?.Name ?? lookupField],
            [.. description.Fields.Select(Complete)]);

    private static RecordField Complete(RecordField field) =>
        OfCompany.Contains(field.Name)
            ? field with
            {
                IsUpdateable = false,
                ReadOnlyReason = "it belongs to the person's company, and Marketo refuses it here (1021): fill it with a job for "
                    + "companies, and name the company in externalCompanyId",
            }
            : field with { IsAsciiOnly = field.DataType == DataType.Email };
}
