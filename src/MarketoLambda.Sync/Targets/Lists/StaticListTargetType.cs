using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Targets.Leads;

namespace MarketoLambda.Sync.Targets.Lists;

/// <summary>Targets of type <c>staticList</c>.</summary>
internal sealed class StaticListTargetType : ITargetType
{
    private static readonly Setting List =
        new Setting("list", "Id of the static list: the number in its address in Marketo.", PersonSettings.IdSchema()).Required();

    public string Name => "staticList";

    public string Description => "Members of a static list, by e-mail address or leadId; isMember false takes somebody out.";

    public IReadOnlyList<Setting> Settings { get; } = [List, PersonSettings.LookupField];

    public ITarget Read(JobSection section, string job) =>
        new StaticListTarget(PersonSettings.ReadId(section, List), PersonSettings.ReadLookupField(section));
}
