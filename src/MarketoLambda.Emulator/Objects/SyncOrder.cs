using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>What a sync call wants done, and how its records are matched.</summary>
internal sealed record SyncOrder(SyncAction Action, bool ByGuid)
{
    /// <summary>Reads <c>action</c> and <c>dedupeBy</c>; both may be absent.</summary>
    public static bool TryRead(JsonElement request, [NotNullWhen(true)] out SyncOrder? order, [NotNullWhen(false)] out Refusal? refusal)
    {
        var action = request.Choice("action", "createOrUpdate");
        var dedupeBy = request.Choice("dedupeBy", "dedupeFields");
        order = null;
        refusal = null;
        if (!TryReadAction(action, out var parsed))
        {
            refusal = Refusal.Invalid($"Invalid action '{action}' value");
            return false;
        }

        order = dedupeBy switch
        {
            "dedupeFields" => new SyncOrder(parsed, ByGuid: false),
            "idField" when parsed == SyncAction.UpdateOnly => new SyncOrder(parsed, ByGuid: true),
            _ => null,
        };
        refusal = order is null ? Refusal.Invalid($"Invalid dedupeBy '{dedupeBy}' value") : null;
        return order is not null;
    }

    public static bool TryReadAction(string text, out SyncAction action)
    {
        SyncAction? known = text switch
        {
            "createOnly" => SyncAction.CreateOnly,
            "updateOnly" => SyncAction.UpdateOnly,
            "createOrUpdate" => SyncAction.CreateOrUpdate,
            _ => null,
        };
        action = known ?? default;
        return known is not null;
    }

    /// <summary>The record, refused if it lacks what this order matches by.</summary>
    public IncomingRecord Check(IncomingRecord record, ObjectSchema schema, RecordReader reader, EmulatorQuirks quirks)
    {
        if (record.Refusal is not null)
        {
            return record;
        }

        if (ByGuid)
        {
            return record.Guid is null ? record with { Refusal = Refusal.Invalid($"{schema.Id.Name} is missing") } : record;
        }

        if (record.Guid is not null)
        {
            return record with { Refusal = Refusal.NotUpdateable(schema.Id.Name) };
        }

        return record.Key is null ? record with { Refusal = MissingDedupeField(reader.MissingDedupeField(), quirks) } : record;
    }

    public static Refusal MissingDedupeField(string name, EmulatorQuirks quirks) =>
        quirks.MissingDedupeFieldCode == "1002"
            ? Refusal.MissingParameter(name)
            : new Refusal(quirks.MissingDedupeFieldCode, $"Dedupe field '{name}' is missing");
}

/// <summary>Marketo's ways to write.</summary>
internal enum SyncAction
{
    CreateOrUpdate,
    CreateOnly,
    UpdateOnly,

    /// <summary>Of leads only.</summary>
    CreateDuplicate,
}
