using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Metadata;

/// <summary>Creates, changes, approves and deletes object definitions by Marketo's rules. Guarded by the subscription's gate.</summary>
/// <remarks>
/// Source of the rules: Adobe, rest-api/custom-objects, "Custom Object Metadata". Of the codes only 616 and 1048 are documented; the others
/// are those Adobe's general table gives for the same kind of mistake.
/// </remarks>
internal sealed class TypeEditor(ObjectCatalog catalog)
{
    /// <summary>Creates or changes the draft of an object.</summary>
    /// <param name="isMadeByApi">False where somebody does it in Marketo's user interface, which has no limit of types.</param>
    public Refusal? Sync(SyncAction action, TypeNames names, bool isMadeByApi)
    {
        var type = catalog.Find(names.ApiName);
        return (action, type) switch
        {
            (SyncAction.UpdateOnly, null) => Refusal.ObjectNotFound,
            (SyncAction.CreateOnly, not null) => Refusal.ObjectExists,
            (SyncAction.CreateOrUpdate, _) when names.DisplayName is null => Refusal.MissingParameter("displayName"),
            (_, null) => Create(names, isMadeByApi),
            _ => Change(type, names),
        };
    }

    public static Refusal? Approve(ObjectType type, DateTimeOffset now, TimeSpan delay)
    {
        if (type.Draft is not { } draft)
        {
            return Refusal.Invalid("There is no draft to approve");
        }

        if (draft.DedupeFields.Length is 0 or > ObjectSchema.MaxDedupeFields)
        {
            return Refusal.Invalid(
                $"An object needs 1 to {ObjectSchema.MaxDedupeFields} dedupe fields, it has {draft.DedupeFields.Length}");
        }

        type.Approve(now, delay);
        return null;
    }

    public static Refusal? DiscardDraft(ObjectType type, ObjectCatalog catalog)
    {
        if (type.Draft is null)
        {
            return Refusal.FromCode("1048");
        }

        type.Draft = null;
        if (type.Approved is null)
        {
            catalog.Remove(type);
        }

        return null;
    }

    public Refusal? Delete(ObjectType type)
    {
        if (type.DependentAssets.Count > 0 || LinkedFrom(type).Any())
        {
            return Refusal.FromCode("1022");
        }

        catalog.Remove(type);
        return null;
    }

    /// <summary>Objects that link to this one.</summary>
    public IEnumerable<ObjectType> LinkedFrom(ObjectType type) => catalog.All.Where(other =>
        new[] { other.Approved, other.Draft }.Any(schema => schema?.Links.Any(link => link.Target.Name == type.ApiName) == true));

    private Refusal? Create(TypeNames names, bool isMadeByApi)
    {
        if (names.DisplayName is not { } displayName)
        {
            return Refusal.MissingParameter("displayName");
        }

        if (!NameRules.IsApiName(names.ApiName) || !NameRules.IsDisplayName(displayName))
        {
            return Refusal.Invalid("An API name takes letters, digits and underscores, a display name may not be empty");
        }

        if (names.ApiName is LinkableObjects.Lead or LinkableObjects.Company)
        {
            return Refusal.Invalid($"API name '{names.ApiName}' is taken");
        }

        if (HasDisplayName(displayName, except: null))
        {
            return Refusal.Invalid($"Display name '{displayName}' is taken");
        }

        if (isMadeByApi && !catalog.HasRoom)
        {
            return Refusal.FromCode("1028");
        }

        catalog.Add(names.ApiName, isMadeByApi).Draft = names.ApplyTo(
            new ObjectSchema { ApiName = names.ApiName, DisplayName = displayName }
        );
        return null;
    }

    private Refusal? Change(ObjectType type, TypeNames names)
    {
        var current = type.Newest;
        if (names.DisplayName is { } displayName && displayName != current.DisplayName)
        {
            if (type.Approved is not null)
            {
                return Refusal.Invalid("The display name of an approved object cannot be changed");
            }

            if (!NameRules.IsDisplayName(displayName) || HasDisplayName(displayName, type))
            {
                return Refusal.Invalid($"Display name '{displayName}' is taken or empty");
            }
        }

        type.Draft = names.ApplyTo(current);
        return null;
    }

    private bool HasDisplayName(string displayName, ObjectType? except) => catalog.All.Any(type =>
        type != except && type.Newest.DisplayName.Equals(displayName, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What a call says about an object apart from its fields; null: not said.</summary>
internal sealed record TypeNames(string ApiName, string? DisplayName)
{
    public string? Description { get; init; }

    public ObjectSchema ApplyTo(ObjectSchema schema) => schema with
    {
        DisplayName = DisplayName ?? schema.DisplayName,
        Description = Description ?? schema.Description,
    };
}

/// <summary>Which characters names may have.</summary>
/// <remarks>
/// Adobe asks for letters, digits and underscores everywhere, but its own display names have spaces ("Lead ID") and more.
/// </remarks>
internal static class NameRules
{
    public static bool IsApiName(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    public static bool IsDisplayName(string name) => !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl);
}
