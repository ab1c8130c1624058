using System.Text.Json;
using MarketoLambda.Emulator.Leads;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator;

/// <content>Leads that a test sets up and looks at without a call.</content>
public sealed partial class MarketoEmulator
{
    private LeadSeed LeadSeed => new(Options, _subscription.Catalog.Standard(Lead.Name), _subscription.Store);

    /// <summary>A lead with this id, unless there is one. No entry of the journal tells of it.</summary>
    /// <exception cref="InvalidOperationException">Marketo would skip such a lead; the message says why.</exception>
    public void AddLead(long id, string? email = null)
    {
        var fields = JsonSerializer.SerializeToElement(new { id, email });
        lock (_subscription.Gate)
        {
            ThrowIf(Lead.Name, LeadSeed.PutUnseen(fields, _time.GetUtcNow()));
        }
    }

    /// <summary>A custom field of leads; it is usable at once. One of type string, email or integer can be looked for.</summary>
    /// <exception cref="InvalidOperationException">Leads have a field of this name.</exception>
    public void DefineLeadField(FieldDefinition field) => AddStandardField(Lead.Name, Lead.CustomField(field));

    /// <summary>Id of the lead that the link field of a custom object's record leads to; null where it leads to none.</summary>
    /// <param name="key">One text per dedupe field.</param>
    public long? FindLinkedLead(string apiName, string linkField, params IReadOnlyList<string> key)
    {
        var record = Find(apiName, key) is [var only] ? only.MarketoGuid : Guid.Empty;
        lock (_subscription.Gate)
        {
            return Find(apiName).Approved?.Find(linkField, ignoreCase: false) is { RelatedTo.Name: Lead.Name } link
                && _subscription.Catalog.ParentOf(record, link) is { } lead
                    ? IdField.NumberOf(lead)
                    : null;
        }
    }

    private Guid SeedLead(JsonElement fields)
    {
        lock (_subscription.Gate)
        {
            ThrowIf(Lead.Name, LeadSeed.Put(fields, _time.GetUtcNow(), out var id));
            return id;
        }
    }
}
