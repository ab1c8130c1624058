using MarketoLambda.Marketo.StandardObjects;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Targets.StandardObjects;

/// <summary>Targets that are standard objects: one for each.</summary>
internal sealed class StandardObjectTargetType : ITargetType
{
    private readonly StandardObject _type;
    private readonly string _names;
    private readonly bool _mayBeOwnedByCrm;

    private StandardObjectTargetType(string name, StandardObject type, string names, string description, bool mayBeOwnedByCrm = true)
    {
        Name = name;
        _type = type;
        _names = names;
        Description = description;
        _mayBeOwnedByCrm = mayBeOwnedByCrm;
    }

    public static IReadOnlyList<ITargetType> All { get; } =
    [
        new StandardObjectTargetType(
            "company",
            StandardObject.Companies,
            "companies",
            "Companies, by their externalCompanyId; only where no native CRM sync owns them."),
        new StandardObjectTargetType(
            "opportunity",
            StandardObject.Opportunities,
            "opportunities",
            "Opportunities, by their externalOpportunityId; only where no native CRM sync owns them."),
        new StandardObjectTargetType(
            "opportunityRole",
            StandardObject.OpportunityRoles,
            "opportunity roles",
            "What a person is in an opportunity, by externalOpportunityId, leadId and role; both must exist."),
        new StandardObjectTargetType(
            "salesPerson",
            StandardObject.SalesPersons,
            "sales persons",
            "Sales persons, by their externalSalesPersonId; only where no native CRM sync owns them."),
        new StandardObjectTargetType(
            "namedAccount",
            StandardObject.NamedAccounts,
            "named accounts",
            "Named accounts of target account management, by their name.",
            mayBeOwnedByCrm: false),
    ];

    public string Name { get; }

    public string Description { get; }

    public IReadOnlyList<Setting> Settings { get; } = WriteMode.Settings(skipsUnchanged: false);

    public ITarget Read(JobSection section, string job) =>
        new StandardObjectTarget(_type, _names, WriteMode.Read(section, skipsUnchanged: false)) { MayBeOwnedByCrm = _mayBeOwnedByCrm };
}
