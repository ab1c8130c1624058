using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Targets.Companies;

/// <summary>Targets of type <c>company</c>.</summary>
internal sealed class CompanyTargetType : ITargetType
{
    public string Name => "company";

    public string Description => "Companies, by their externalCompanyId; only where no native CRM sync owns them.";

    public IReadOnlyList<Setting> Settings => [];

    public ITarget Read(JobSection section, string job) => new CompanyTarget();
}
