using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Why a record is skipped that names another one which does not exist.</summary>
internal static class MissingParent
{
    /// <summary>Null where all exist that the record names, by links or otherwise.</summary>
    public static Refusal? Find(ObjectSchema schema, IncomingRecord record, ObjectCatalog catalog)
    {
        foreach (var field in schema.Fields)
        {
            if (field is { RelatedTo: null, Parent: null } || !FieldValues.TryGet(record.Changes, field.Ordinal, out var json))
            {
                continue;
            }

            var value = ValueText.From(json);
            var isThere =
                (field.RelatedTo is not { } link || catalog.HasParent(link, value))
                && (field.Parent is not { } parent || catalog.HasStandard(parent, value));
            if (!isThere)
            {
                return (field.RelatedTo ?? field.Parent)?.Name == LinkableObjects.Lead ? Refusal.LeadNotFound : Refusal.ObjectNotFound;
            }
        }

        return null;
    }
}
