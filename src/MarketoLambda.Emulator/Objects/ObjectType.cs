using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator.Objects;

/// <summary>
/// An object, made by people or standard: its definition in up to two versions, and its records. Guarded by the subscription's gate.
/// </summary>
internal sealed class ObjectType(string apiName, EmulatorOptions options)
{
    public string ApiName { get; } = apiName;

    public ObjectSchema? Approved { get; private set; }

    public ObjectSchema? Draft { get; set; }

    /// <summary>The draft, or the approved version where there is none.</summary>
    public ObjectSchema Newest => Draft ?? Approved ?? throw new InvalidOperationException($"{ApiName} has no version yet");

    /// <summary>Whether it was created by the Custom Object Metadata API and not in Marketo's user interface.</summary>
    public bool IsMadeByApi { get; init; }

    /// <summary>The object that every subscription has, which it is; null for a custom object.</summary>
    public StandardObject? Standard { get; init; }

    /// <summary>Id of its newest record, where records are numbered.</summary>
    public long LastNumber { get; set; }

    public RecordBook Records { get; } = new(options);

    /// <summary>Assets that stand in the way of deleting it.</summary>
    public List<DependentAsset> DependentAssets { get; } = [];

    /// <summary>Place of the next field's values in a record; grows only.</summary>
    public byte NextOrdinal { get; set; }

    /// <summary>Fields from this place on were added after the first approval.</summary>
    public int FirstLateOrdinal { get; private set; } = byte.MaxValue;

    /// <summary>From when the record API knows it.</summary>
    public DateTimeOffset UsableFrom { get; private set; } = DateTimeOffset.MaxValue;

    public string State => (Approved, Draft) switch
    {
        (null, _) => "draft",
        (_, null) => "approved",
        _ => "approvedWithDraft",
    };

    /// <summary>An object that is there from the start and has no draft.</summary>
    public static ObjectType FromStandard(StandardObject standard, EmulatorOptions options) => new(standard.Schema.ApiName, options)
    {
        Standard = standard,
        Approved = standard.Schema,
        UsableFrom = DateTimeOffset.MinValue,
    };

    /// <summary>Adds a field to an object that has no draft; it is usable at once.</summary>
    /// <exception cref="InvalidOperationException">There is no room for another.</exception>
    public void AddField(FieldDefinition field)
    {
        if (Approved is { } schema)
        {
            if (schema.OrdinalEnd > byte.MaxValue)
            {
                throw new InvalidOperationException($"{ApiName} has {schema.OrdinalEnd} fields, there is no room for {field.Name}");
            }

            Approved = schema with { Fields = [.. schema.Fields, field with { Ordinal = (byte)schema.OrdinalEnd }] };
        }
    }

    /// <summary>The draft replaces the approved version.</summary>
    /// <param name="delay">Time until the record API knows an object that was not approved before.</param>
    public void Approve(DateTimeOffset now, TimeSpan delay)
    {
        if (Draft is not { } draft)
        {
            return;
        }

        if (Approved is null)
        {
            UsableFrom = now + delay;
            FirstLateOrdinal = NextOrdinal;
        }

        Approved = draft with { Created = Approved?.Created ?? now, Updated = now };
        Draft = null;
    }
}

/// <summary>A Marketo asset that uses a custom object.</summary>
/// <param name="AssetType">For example <c>Smart List</c>.</param>
internal sealed record DependentAsset(string AssetType, int AssetId, string AssetName);
