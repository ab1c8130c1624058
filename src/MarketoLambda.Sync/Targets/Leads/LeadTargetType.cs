using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>Targets of type <c>lead</c>.</summary>
internal sealed class LeadTargetType : ITargetType
{
    private const string CreateDuplicate = "createDuplicate";
    private const string Consent = "yes, delete people";

    private static readonly Setting LookupField =
        Setting.Text("lookupField", "The field that tells whether a person exists; it is the job's key.", LeadTarget.Email, "email");

    private static readonly Setting Partition =
        Setting.Text(
            "partition",
            "Name of the lead partition in which people are created. Default: the subscription's own.",
            null,
            "Europe");

    private static readonly Setting OnSeveralMatches =
        Setting.Choice(
            "onSeveralMatches",
            "What happens where several people have the key (1007): \"reject\" puts the record aside with all their ids, "
                + "\"mostRecentlyUpdated\" and \"oldest\" write it to one of them.",
            "reject",
            "reject",
            "mostRecentlyUpdated",
            "oldest");

    private static readonly Setting DeleteLeads =
        Setting.Choice(
            "deleteLeads",
            "With these words, records that the source has deleted take the people out of Marketo for good. Without it such a record stops "
                + "the run.",
            null,
            Consent);

    private static readonly Setting AcceptDuplicates =
        Setting.Flag("acceptDuplicates", "Says that people may be there twice: \"createDuplicate\" needs it.", otherwise: false);

    public string Name => "lead";

    public string Description => "People, by their e-mail address or any one other field.";

    public IReadOnlyList<Setting> Settings { get; } =
    [
        LookupField,
        .. WriteMode.Settings(skipsUnchanged: true, CreateDuplicate),
        Partition,
        OnSeveralMatches,
        DeleteLeads,
        AcceptDuplicates,
    ];

    public ITarget Read(JobSection section, string job)
    {
        var target = new LeadTarget(section.OptionalText(LookupField), WriteMode.Read(section, skipsUnchanged: true, CreateDuplicate))
        {
            Partition = section.OptionalText(Partition.Name),
            OnSeveralMatches = section.OptionalChoice(OnSeveralMatches) switch
            {
                "mostRecentlyUpdated" => SeveralMatches.MostRecentlyUpdated,
                "oldest" => SeveralMatches.Oldest,
                _ => SeveralMatches.Reject,
            },
            DeletesPeople = section.OptionalWord(
                DeleteLeads,
                $"\"{Consent}\", since people are deleted for good; or leave it out") is not null,
        };
        AddErrors(section, target, acceptsDuplicates: section.OptionalFlag(AcceptDuplicates.Name, otherwise: false));
        return target;
    }

    private static void AddErrors(JobSection section, LeadTarget target, bool acceptsDuplicates)
    {
        if (target.Mode.Action == SyncAction.CreateDuplicate && !acceptsDuplicates)
        {
            section.AddError(
                AcceptDuplicates.Name,
                "must be true where \"action\" is \"createDuplicate\": it creates a person for every record, and again when a call has to "
                    + "be repeated");
        }

        if (target.LookupField.Equals(LeadsClient.IdField, StringComparison.OrdinalIgnoreCase)
            && target.Mode.Action != SyncAction.UpdateOnly)
        {
            section.AddError(LookupField.Name, "is \"id\", by which people can only be updated; add \"action\": \"updateOnly\"");
        }

        if (target.Partition is not null && target.Mode.Action == SyncAction.UpdateOnly)
        {
            section.AddError(Partition.Name, "has no meaning with \"updateOnly\", which creates nobody; remove it");
        }
    }
}
