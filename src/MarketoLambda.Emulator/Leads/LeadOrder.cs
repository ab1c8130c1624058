using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>What a sync of leads wants done, and how its records are matched.</summary>
/// <remarks>Source: Adobe, rest-api/leads, "Create and Update".</remarks>
/// <param name="Action">What to do.</param>
/// <param name="LookupField">The field by which leads are matched; null: the id.</param>
/// <param name="PartitionId">Where new leads belong.</param>
internal sealed record LeadOrder(SyncAction Action, FieldDefinition? LookupField, int PartitionId)
{
    /// <summary>Whether the call named the partition.</summary>
    public bool NamesPartition { get; init; }

    /// <summary>Why every record is skipped; null where nothing stands against them.</summary>
    public Refusal? OfAllRecords { get; init; }

    private string LookupName => LookupField?.Name ?? IdField.Number.Name;

    public static bool TryRead(
        JsonElement request,
        ObjectSchema schema,
        EmulatorOptions options,
        [NotNullWhen(true)] out LeadOrder? order,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        order = null;
        var action = request.Choice("action", "createOrUpdate");
        if (!TryReadAction(action, out var parsed))
        {
            refusal = Refusal.Invalid($"Invalid action '{action}' value");
            return false;
        }

        var lookup = request.Choice("lookupField", Lead.Email);
        if (!TryReadField(lookup, schema, options.Quirks, out var field, out refusal))
        {
            return false;
        }

        var found = LeadPartitions.Find(request, parsed, options);
        refusal = options.Quirks.PartitionNameSkipsRecords ? null : found.Refusal;
        order = refusal is null
            ? new LeadOrder(parsed, field, found.Id) { NamesPartition = found.IsNamed, OfAllRecords = found.Refusal }
            : null;
        return order is not null;
    }

    /// <summary>The field that leads can be looked for by; null in <paramref name="field"/>: the id.</summary>
    public static bool TryReadField(
        string name,
        ObjectSchema schema,
        EmulatorQuirks quirks,
        out FieldDefinition? field,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        field = schema.Find(name, quirks.FieldNamesIgnoreCase);
        var system = schema.SystemField(name, quirks.FieldNamesIgnoreCase);
        refusal = system == schema.Id.Name || field is { IsSearchable: true } ? null
            : field is null && system is null ? new Refusal("1006", $"Lookup field '{name}' not found")
            : Refusal.FieldNotSupported(name);
        return refusal is null;
    }

    /// <summary>The record, refused if it lacks what this order matches by or has an id that it may not have.</summary>
    public IncomingRecord Check(IncomingRecord record, EmulatorQuirks quirks)
    {
        var checkedRecord = record with { Key = record.Key ?? "" };
        if (record.Refusal is not null)
        {
            return checkedRecord;
        }

        var refusal = OfAllRecords
            ?? (HasForbiddenId(record) ? Refusal.FromCode("1003")
            : Action != SyncAction.CreateDuplicate && LookupText(record) is null ? MissingLookup(quirks)
            : null);
        return checkedRecord with { Refusal = refusal };
    }

    /// <summary>An id may come with updateOnly alone.</summary>
    public bool HasForbiddenId(IncomingRecord record) => record.Guid is not null && Action != SyncAction.UpdateOnly;

    /// <summary>Text of the value that the record is matched by; null where it has none.</summary>
    public string? LookupText(IncomingRecord record) =>
        LookupField is not { } field ? record.Guid is { } id ? IdField.NumberOf(id).ToString(CultureInfo.InvariantCulture) : null
        : FieldValues.TryGet(record.Changes, field.Ordinal, out var json) ? ValueText.From(json)
        : null;

    private Refusal MissingLookup(EmulatorQuirks quirks) =>
        quirks.MissingDedupeFieldCode == "1002"
            ? Refusal.MissingParameter(LookupName)
            : new Refusal(quirks.MissingDedupeFieldCode, $"Value for lookup field '{LookupName}' not found");

    private static bool TryReadAction(string text, out SyncAction action)
    {
        action = SyncAction.CreateDuplicate;
        return text == "createDuplicate" || SyncOrder.TryReadAction(text, out action);
    }
}
