using System.Collections.Immutable;

namespace MarketoLambda.Emulator.Schema;

/// <summary>One version, draft or approved, of an object's definition.</summary>
internal sealed record ObjectSchema
{
    public const string MarketoGuid = "marketoGUID";
    public const string CreatedAt = "createdAt";
    public const string UpdatedAt = "updatedAt";
    public const int MaxDedupeFields = 3;

    private readonly Dictionary<string, FieldDefinition> _byName = new(StringComparer.OrdinalIgnoreCase);

    public required string ApiName { get; init; }

    public required string DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>Marketo's own id of its records.</summary>
    public IdField Id { get; init; } = IdField.MarketoGuid;

    /// <summary>One of Marketo's own objects: its dedupe fields cannot be changed.</summary>
    public bool IsStandard { get; init; }

    /// <summary>Whether it is described with its display name.</summary>
    public bool ShowsDisplayName { get; init; } = true;

    /// <summary>Whether a query without <c>fields</c> shows every field that has a value.</summary>
    public bool ShowsAllFields { get; init; }

    /// <summary>
    /// The object of leads: a wrong value is refused with 1003 and the name of its field, and addresses are checked, as recorded.
    /// </summary>
    public bool IsLead { get; init; }

    /// <summary>When the object was first approved; null for a draft of one that never was.</summary>
    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>Fields but for the three that Marketo fills, in the order they were added.</summary>
    public ImmutableArray<FieldDefinition> Fields
    {
        get;
        init
        {
            field = value;
            _byName = value.ToDictionary(custom => custom.Name, StringComparer.OrdinalIgnoreCase);
            DedupeFields = [.. value.Where(custom => custom.IsDedupeField)];
            Links =
            [
                .. value.SelectMany<FieldDefinition, SchemaLink>(custom =>
                    custom.RelatedTo is { } target ? [new SchemaLink(custom, target)] : []),
            ];
            OrdinalEnd = value.Select(custom => custom.Ordinal + 1).DefaultIfEmpty().Max();
        }
    } = [];

    public ImmutableArray<FieldDefinition> DedupeFields { get; private init; } = [];

    public ImmutableArray<SchemaLink> Links { get; private init; } = [];

    /// <summary>One more than the highest ordinal of a field.</summary>
    public int OrdinalEnd { get; private init; }

    public FieldDefinition? Find(string name, bool ignoreCase) =>
        _byName.TryGetValue(name, out var field) && (ignoreCase || field.Name == name) ? field : null;

    /// <summary>The canonical name when <paramref name="name"/> is a system field.</summary>
    public string? SystemField(string name, bool ignoreCase)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return Array.Find([Id.Name, CreatedAt, UpdatedAt], field => field.Equals(name, comparison));
    }
}

/// <summary>A field of type <c>link</c>, and what it points at.</summary>
internal sealed record SchemaLink(FieldDefinition Field, LinkTarget Target);
