using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Metadata;

/// <summary>The calls of the Custom Object Metadata API that only read.</summary>
/// <remarks>Source: Adobe, rest-api/custom-objects, "Custom Object Metadata".</remarks>
internal sealed class SchemaQueries(ObjectCatalog catalog, TypeEditor types, LinkableObjects linkable, SchemaWriter writer, Lock gate)
{
    private static readonly string[] States = ["draft", "approved", "approvedWithDraft"];

    public EmulatorResponse List(Call call)
    {
        var state = call.Query["state"];
        if (state is not null && !States.Contains(state))
        {
            return call.Envelope.Refused(Refusal.Invalid($"Invalid state '{state}' value"));
        }

        var names = call.Query.List("names");
        lock (gate)
        {
            return call.Envelope.Result(json =>
            {
                foreach (var type in catalog.All.Where(type => names?.Contains(type.ApiName) != false))
                {
                    if (Version(type, state) is ({ } schema, var version))
                    {
                        writer.WriteVersion(json, schema, type.State, version);
                    }
                }
            });
        }
    }

    public EmulatorResponse Describe(Call call)
    {
        var state = call.Query["state"];
        if (state is not null && !States.Contains(state))
        {
            return call.Envelope.Refused(Refusal.Invalid($"Invalid state '{state}' value"));
        }

        lock (gate)
        {
            return catalog.Find(call.ObjectName) is { } type && Version(type, state) is ({ } schema, var version)
                ? call.Envelope.Result(json => writer.WriteVersion(json, schema, type.State, version))
                : call.Envelope.Refused(Refusal.NotFound);
        }
    }

    /// <summary>
    /// The version of an object that a state asks for, the same in a list and in <em>describe</em>; no schema where it has none.
    /// </summary>
    /// <remarks>Without a state the approved version wins; <c>approvedWithDraft</c> shows the draft of an object that has both.</remarks>
    private static (ObjectSchema? Schema, string Version) Version(ObjectType type, string? state) => state switch
    {
        "draft" => (type.Draft, "draft"),
        "approved" => (type.Approved, "approved"),
        "approvedWithDraft" => (type.Approved is null ? null : type.Draft, "draft"),
        _ => (type.Approved ?? type.Draft, type.Approved is null ? "draft" : "approved"),
    };

    public static EmulatorResponse FieldDataTypes(Call call) => call.Envelope.Result(json =>
    {
        foreach (var type in Schema.FieldDataTypes.All)
        {
            json.WriteStringValue(type);
        }
    });

    public EmulatorResponse LinkableObjects(Call call)
    {
        lock (gate)
        {
            return call.Envelope.Result(json =>
            {
                foreach (var found in linkable.All())
                {
                    json.WriteStartObject();
                    json.WriteString("name"u8, found.Name);
                    json.WriteString("displayName"u8, found.DisplayName);
                    json.WriteStartArray("fields"u8);
                    foreach (var field in found.Fields.Where(field => field.IsListed))
                    {
                        json.WriteStartObject();
                        json.WriteString("name"u8, field.ListedName);
                        json.WriteString("displayName"u8, field.DisplayName);
                        json.WriteString("dataType"u8, field.DataType);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }
            });
        }
    }

    /// <remarks>An object that links here counts as a dependent too, since it has to go first.</remarks>
    public EmulatorResponse DependentAssets(Call call)
    {
        lock (gate)
        {
            if (catalog.Find(call.ObjectName) is not { } type)
            {
                return call.Envelope.Refused(Refusal.NotFound);
            }

            var linked = types.LinkedFrom(type).Select((other, index) => new DependentAsset("Custom Object", index + 1, other.ApiName));
            return call.Envelope.Result(json =>
            {
                foreach (var asset in type.DependentAssets.Concat(linked))
                {
                    json.WriteStartObject();
                    json.WriteString("assetType"u8, asset.AssetType);
                    json.WriteNumber("assetId"u8, asset.AssetId);
                    json.WriteString("assetName"u8, asset.AssetName);
                    json.WriteEndObject();
                }
            });
        }
    }
}
