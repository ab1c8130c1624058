using System.Text.Json.Nodes;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Targets.Leads;

/// <summary>Settings of targets whose records belong to a person.</summary>
internal static class PersonSettings
{
    /// <summary>Marketo's id of the person, as such a target calls it.</summary>
    public const string LeadId = "leadId";

    public static Setting LookupField { get; } =
        Setting.Text(
            "lookupField",
            "The field of people by which a record names one; it is the job's key. \"leadId\" is Marketo's own id, and costs no look.",
            LeadTarget.Email,
            "email",
            LeadId);

    /// <summary>The field of a record that names its person.</summary>
    public static RecordField KeyField(string lookupField) =>
        lookupField == LeadId
            ? new RecordField(lookupField, "Lead Id", "integer", Length: null, IsUpdateable: true)
            : new RecordField(lookupField, lookupField, "string", Length: null, IsUpdateable: true);

    /// <summary>Schema of an id that Marketo has given.</summary>
    public static JsonObject IdSchema() => new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = int.MaxValue };

    /// <summary>An id that must be there; 0 after a reported problem.</summary>
    public static int ReadId(JobSection section, Setting setting)
    {
        if (!section.Has(setting.Name))
        {
            section.AddErrorForMissing(setting.Name);
        }

        return section.OptionalInteger(setting.Name, 1, int.MaxValue, otherwise: 0);
    }

    /// <summary>The lookup field, with Marketo's own id under one name.</summary>
    public static string ReadLookupField(JobSection section) =>
        section.OptionalText(LookupField) is var field && LeadResolver.IsId(field) ? LeadId : field;
}
