using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Metadata;

/// <summary>Adds, changes and deletes fields of an object's draft by Marketo's rules. Guarded by the subscription's gate.</summary>
/// <remarks>Source of the rules: Adobe, rest-api/custom-objects, "Custom Object Metadata".</remarks>
internal sealed class FieldEditor(EmulatorOptions options, LinkableObjects linkable)
{
    /// <summary>Adds all the fields, or none.</summary>
    public Refusal? Add(ObjectType type, IReadOnlyList<FieldDefinition> fields)
    {
        var draft = type.Newest;
        var next = type.NextOrdinal;
        foreach (var field in fields)
        {
            if (Check(draft, field, out var complete) is { } refusal)
            {
                return refusal;
            }

            if (type.Approved is not null && (field.IsDedupeField || field.RelatedTo is not null))
            {
                return Refusal.Invalid($"Field '{field.Name}': dedupe and link fields cannot be added after approval");
            }

            if (next == byte.MaxValue)
            {
                return Refusal.FromCode("1028");
            }

            draft = draft with { Fields = draft.Fields.Add(complete with { Ordinal = next++ }) };
        }

        var late = draft.Fields.Count(field => field.Ordinal >= type.FirstLateOrdinal);
        if (draft.Fields.Length > options.MaxFieldsPerObject || late > options.MaxFieldsAddedAfterApproval)
        {
            return Refusal.FromCode("1028");
        }

        (type.Draft, type.NextOrdinal) = (draft, next);
        return null;
    }

    /// <param name="changed">The field as it was, with the changes.</param>
    public Refusal? Update(ObjectType type, FieldDefinition field, FieldDefinition changed)
    {
        var draft = type.Newest;
        var withoutIt = draft with { Fields = draft.Fields.Remove(field) };
        if (Check(withoutIt, changed, out var complete) is { } refusal)
        {
            return refusal;
        }

        var approved = type.Approved?.Fields.FirstOrDefault(candidate => candidate.Ordinal == field.Ordinal);
        if (
            approved is not null
            && (
                changed.Name != approved.Name
                || changed.DataType != approved.DataType
                || changed.IsDedupeField != approved.IsDedupeField
                || changed.RelatedTo != approved.RelatedTo))
        {
            return Refusal.Invalid($"Field '{field.Name}': name, type, key and link cannot be changed after approval");
        }

        if (type.Approved is not null && approved is null && (changed.IsDedupeField || changed.RelatedTo is not null))
        {
            return Refusal.Invalid($"Field '{field.Name}': dedupe and link fields cannot be added after approval");
        }

        type.Draft = draft with { Fields = draft.Fields.Replace(field, complete) };
        return null;
    }

    /// <summary>Deletes all the fields, or none.</summary>
    public Refusal? Delete(ObjectType type, IReadOnlyList<string> names)
    {
        var draft = type.Newest;
        foreach (var name in names)
        {
            if (draft.Find(name, options.Quirks.FieldNamesIgnoreCase) is not { } field)
            {
                return Refusal.FieldNotFound(name);
            }

            if (type.Approved is not null && (field.IsDedupeField || field.RelatedTo is not null))
            {
                return Refusal.Invalid($"Field '{field.Name}': dedupe and link fields cannot be deleted after approval");
            }

            draft = draft with { Fields = draft.Fields.Remove(field) };
        }

        type.Draft = draft;
        return null;
    }

    /// <summary>Checks a new or changed field against the others.</summary>
    /// <param name="complete">The field with its link resolved.</param>
    private Refusal? Check(ObjectSchema others, FieldDefinition field, out FieldDefinition complete)
    {
        complete = field with { ValueType = field.DataType };
        if (!FieldDataTypes.All.Contains(field.DataType))
        {
            return Refusal.WrongType(field.DataType, "dataType");
        }

        if (!NameRules.IsApiName(field.Name) || !NameRules.IsDisplayName(field.DisplayName))
        {
            return Refusal.Invalid("A field name takes letters, digits and underscores, a display name may not be empty");
        }

        if (others.Find(field.Name, ignoreCase: true) is not null || others.SystemField(field.Name, ignoreCase: true) is not null)
        {
            return Refusal.Invalid($"Field '{field.Name}' exists already");
        }

        if (others.Fields.Any(other => other.DisplayName.Equals(field.DisplayName, StringComparison.OrdinalIgnoreCase)))
        {
            return Refusal.Invalid($"Display name '{field.DisplayName}' is taken");
        }

        if (field.IsDedupeField && others.DedupeFields.Length >= ObjectSchema.MaxDedupeFields)
        {
            return Refusal.Invalid($"An object has at most {ObjectSchema.MaxDedupeFields} dedupe fields");
        }

        return CheckLink(field, ref complete);
    }

    private Refusal? CheckLink(FieldDefinition field, ref FieldDefinition complete)
    {
        if (field.DataType != FieldDataTypes.Link)
        {
            return field.RelatedTo is null ? null : Refusal.Invalid($"Field '{field.Name}': only a field of type link has relatedTo");
        }

        if (field.RelatedTo is null || linkable.Find(field.RelatedTo) is not ({ } target, { } parent))
        {
            return Refusal.Invalid($"Field '{field.Name}': relatedTo must name a linkable object and its field");
        }

        complete = field with { RelatedTo = target, ValueType = parent.DataType };
        return null;
    }
}
