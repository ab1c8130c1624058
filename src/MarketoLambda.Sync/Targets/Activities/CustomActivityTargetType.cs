using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Targets.Leads;

namespace MarketoLambda.Sync.Targets.Activities;

/// <summary>Targets of type <c>customActivity</c>.</summary>
internal sealed class CustomActivityTargetType : ITargetType
{
    private static readonly Setting Activity =
        Setting.Text("activity", "API name of the type of custom activity.", null, "visitedStore_c").Required();

    private static readonly Setting OnUnclear =
        Setting.Choice(
            "onUnclear",
            "\"stop\" notes in Marketo what is sent before it is sent. Where no answer comes, the run stops, and the rows are told as "
                + "unknown and not sent again.",
            null,
            "stop").Or("acceptDuplicates");

    private static readonly Setting AcceptDuplicates =
        Setting.Consent(
            "acceptDuplicates",
            "Says that activities may be there twice: those whose answer is lost are sent again. Instead of \"onUnclear\".");

    public string Name => "customActivity";

    public string Description => "Custom activities of a type, by e-mail address or leadId; the people must exist.";

    public IReadOnlyList<Setting> Settings { get; } = [Activity, PersonSettings.LookupField, OnUnclear, AcceptDuplicates];

    public ITarget Read(JobSection section, string job)
    {
        var type = section.RequiredText(Activity.Name);
        var stops = section.OptionalWord(OnUnclear, "\"stop\"") is not null;
        if (!section.OptionalFlag(AcceptDuplicates.Name, otherwise: true))
        {
            section.AddError(AcceptDuplicates.Name, "must be true; or leave it out and write \"onUnclear\": \"stop\"");
        }
        else if (stops == section.Has(AcceptDuplicates.Name))
        {
            section.AddError(
                OnUnclear.Name,
                "must be \"stop\", or \"acceptDuplicates\" true, and not both: Marketo cannot tell whether it has an activity already");
        }

        return new CustomActivityTarget(type, PersonSettings.ReadLookupField(section), job, stops);
    }
}
