using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>A custom object: its definition in up to two versions, and its records. Guarded by the subscription's gate.</summary>
internal sealed class CustomObjectType(string apiName, EmulatorOptions options)
{
    public string ApiName { get; } = apiName;

    public ObjectSchema? Approved { get; private set; }

    public ObjectSchema? Draft { get; set; }

    /// <summary>Whether it was created by the Custom Object Metadata API and not in Marketo's user interface.</summary>
    public bool IsMadeByApi { get; init; }

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
