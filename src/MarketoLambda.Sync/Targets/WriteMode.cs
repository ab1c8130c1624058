using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Targets;

/// <summary>What a job may do to records, and what becomes of those that this leaves alone.</summary>
/// <param name="Action">What may be done.</param>
/// <param name="RejectsOthers">
/// A record that exists and was to be created, or does not and was to be updated, is a reject; otherwise it counts as unchanged.
/// </param>
/// <param name="SkipsUnchanged">Records are read first, and those that are in Marketo already as they are to be are not sent.</param>
public sealed record WriteMode(SyncAction Action, bool RejectsOthers = false, bool SkipsUnchanged = false)
{
    private static readonly Setting Otherwise =
        Setting.Choice(
            "otherwise",
            "What becomes of a record that the action leaves alone: \"skip\" counts it as unchanged, \"reject\" puts it aside.",
            "skip",
            "skip",
            "reject").OnlyWith("action", "createOnly", "updateOnly").Needing("action");

    /// <summary>What is there is compared with what is to be: where existing records are left alone anyway, nothing is read.</summary>
    internal bool ComparesFirst => SkipsUnchanged && Action is (SyncAction.CreateOrUpdate or SyncAction.UpdateOnly);

    /// <summary>Creates and updates.</summary>
    public static WriteMode Default { get; } = new(SyncAction.CreateOrUpdate);

    /// <summary>The settings of a target that has modes.</summary>
    /// <param name="skipsUnchanged">What holds where the job file does not say it.</param>
    /// <param name="otherActions">Words beside the three that every target has.</param>
    internal static IReadOnlyList<Setting> Settings(bool skipsUnchanged, params IEnumerable<string> otherActions) =>
        [ActionOf(otherActions), Otherwise, SkipUnchanged(skipsUnchanged)];

    /// <inheritdoc cref="Settings"/>
    internal static WriteMode Read(JobSection section, bool skipsUnchanged, params IEnumerable<string> otherActions)
    {
        var action = ParseAction(section.OptionalChoice(ActionOf(otherActions)));
        if (action is not (SyncAction.CreateOnly or SyncAction.UpdateOnly) && section.Has(Otherwise.Name))
        {
            section.AddError(Otherwise.Name, "has a meaning only with \"action\": \"createOnly\" or \"updateOnly\"; remove it");
        }

        return new WriteMode(
            action,
            RejectsOthers: section.OptionalChoice(Otherwise) == "reject",
            SkipsUnchanged: section.OptionalFlag(SkipUnchanged(skipsUnchanged).Name, skipsUnchanged));
    }

    /// <summary>Marketo's results, with those as unchanged that the job leaves alone.</summary>
    /// <param name="results">As Marketo gave them.</param>
    /// <param name="areLeads">The records are leads: codes that speak of a lead speak of them, and not of one they name.</param>
    internal IReadOnlyList<RecordResult> Judge(IReadOnlyList<RecordResult> results, bool areLeads) =>
        RejectsOthers || Action is not (SyncAction.CreateOnly or SyncAction.UpdateOnly)
            ? results
            : [.. results.Select(result => IsLeftAlone(result, areLeads) ? Unchanged(result) : result)];

    private static RecordResult Unchanged(RecordResult result) => result with { Status = RecordStatus.Unchanged, Reasons = [] };

    private bool IsLeftAlone(RecordResult result, bool areLeads) =>
        result is { Status: RecordStatus.Skipped, Reasons: [var reason] }
        && MarketoErrorCatalog.Find(reason.Code) is var error
        && (Action == SyncAction.CreateOnly ? error.MeansAlreadyExists : error.MeansNotFound && (areLeads || !error.IsAboutLead));

    private static Setting ActionOf(IEnumerable<string> otherActions) =>
        Setting.Choice(
            "action",
            "What may be done to a record: \"createOnly\" leaves those alone that exist, \"updateOnly\" creates none.",
            "createOrUpdate",
            ["createOrUpdate", "createOnly", "updateOnly", .. otherActions]);

    private static Setting SkipUnchanged(bool otherwise) =>
        Setting.Flag(
            "skipUnchanged",
            "Records are read before they are written, and those that Marketo has already as they are to be are not sent: they start no "
                + "campaign for changed data, and cost no write. The price is one call more for every 300 records.",
            otherwise);

    private static SyncAction ParseAction(string word) => word switch
    {
        "createOnly" => SyncAction.CreateOnly,
        "updateOnly" => SyncAction.UpdateOnly,
        "createDuplicate" => SyncAction.CreateDuplicate,
        _ => SyncAction.CreateOrUpdate,
    };
}
