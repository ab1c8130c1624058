using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Doctor;

/// <summary>Whether Marketo lets the API create the objects that are still missing.</summary>
internal static class SlotCheck
{
    /// <summary>More by contract. Source: Adobe, rest-api/custom-objects, "Custom Object Metadata".</summary>
    private const int UsualLimit = 10;

    private const string Subject = "Custom object types";

    /// <param name="types">All of the subscription; null where they could not be seen.</param>
    /// <param name="missing">How many this program still has to create.</param>
    /// <param name="findings">Where to.</param>
    public static void Add(IReadOnlyList<CustomObjectType>? types, int missing, Findings findings)
    {
        if (types is null)
        {
            findings.NotSeen(Subject, "how many there are cannot be seen without the permission \"Read-Only Custom Object Type\"");
            return;
        }

        var drafts = types.Count(type => type.State == CustomObjectTypeState.Draft);
        var text =
            $"{types.Count} there{(drafts > 0 ? $", of which {drafts} not approved" : "")}; the API may create {UsualLimit}, or as many as "
                + "your contract says, and Marketo does not tell which ones it created";
        if (missing > 0 && types.Count + missing > UsualLimit)
        {
            findings.Warn(
                Subject,
                $"{text}. {Quantity.Format(missing, "more type")} may not fit: delete one in Admin > Marketo Custom Objects, ask Adobe for "
                    + "more, or create them by hand there, as init then says");
        }
        else
        {
            findings.Good(Subject, text);
        }
    }
}
