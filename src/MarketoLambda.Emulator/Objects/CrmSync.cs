using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>What a write gets where native CRM sync owns the object.</summary>
internal static class CrmSync
{
    /// <summary>Null where the object may be written.</summary>
    public static Refusal? Refusal(ObjectType type, EmulatorOptions options) =>
        options.CrmSync && type.Standard is { IsCrmOwned: true } ? Calls.Refusal.CrmEnabled : null;

    /// <summary>The refusal, of the call or of each of its records.</summary>
    public static EmulatorResponse Answer(Call call, ObjectSchema schema, Refusal refusal, int records, EmulatorQuirks quirks) =>
        quirks.CrmRefusesCall
            ? call.Envelope.Refused(refusal)
            : call.Envelope.Result(json =>
                RecordResult.WriteAll(json, schema.Id, [.. Enumerable.Repeat(RecordResult.Skipped(refusal), records)]));
}
