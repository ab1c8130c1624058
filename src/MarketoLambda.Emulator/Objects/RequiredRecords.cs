using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Records without which a whole call is refused: the sales persons that its records name.</summary>
internal static class RequiredRecords
{
    public static bool AreMissing(ObjectSchema schema, IReadOnlyList<IncomingRecord> records, ObjectCatalog catalog, Lock gate)
    {
        foreach (var field in schema.Fields)
        {
            if (field.Requires is not { } target)
            {
                continue;
            }

            lock (gate)
            {
                if (records.Any(record => Names(record, field, out var key) && !catalog.HasStandard(target, key)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Names(IncomingRecord record, FieldDefinition field, out string key)
    {
        key = record.Refusal is null && FieldValues.TryGet(record.Changes, field.Ordinal, out var json) ? ValueText.From(json) : "";
        return key.Length > 0;
    }
}
