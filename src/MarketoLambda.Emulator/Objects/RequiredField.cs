using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>A field that a new record must have a value of, beside its key.</summary>
internal static class RequiredField
{
    /// <summary>Why the record is skipped; null where it has what it needs.</summary>
    public static Refusal? Missing(ObjectSchema schema, IncomingRecord record, EmulatorQuirks quirks)
    {
        var missing = schema.Fields.FirstOrDefault(field => field.IsRequired && !FieldValues.TryGet(record.Changes, field.Ordinal, out _));
        return missing is null || !quirks.OpportunityNameIsRequired ? null : Refusal.Invalid($"Field '{missing.Name}' must not be null");
    }
}
