using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Metadata;

/// <summary>The calls of the Custom Object Metadata API that change something. All answer <c>"result": []</c>.</summary>
/// <remarks>Source: Adobe, rest-api/custom-objects, "Custom Object Metadata".</remarks>
internal sealed class SchemaEndpoints(ObjectCatalog catalog, TypeEditor types, FieldEditor fields, EmulatorOptions options, Lock gate)
{
    private static readonly string[] RequiredOfField = ["name", "displayName", "dataType"];

    public EmulatorResponse Sync(Call call)
    {
        if (!ObjectRequest.TryReadJson(call, out var body, out var invalid))
        {
            return call.Envelope.Refused(invalid);
        }

        using (body)
        {
            var request = body.RootElement;
            var action = request.Choice("action", "createOrUpdate");
            if (!SyncOrder.TryReadAction(action, out var parsed))
            {
                return call.Envelope.Refused(Refusal.Invalid($"Invalid action '{action}' value"));
            }

            if (request.Text("apiName") is not { } apiName)
            {
                return call.Envelope.Refused(Refusal.MissingParameter("apiName"));
            }

            // pluralName and showInLeadDetail are taken, and shown by no recorded answer.
            var names = new TypeNames(apiName, request.Text("displayName")) { Description = request.Text("description") };
            lock (gate)
            {
                return Done(call, types.Sync(parsed, names, isMadeByApi: true));
            }
        }
    }

    public EmulatorResponse Approve(Call call, DateTimeOffset now) =>
        Change(call, type => TypeEditor.Approve(type, now, options.Quirks.ApprovalDelay));

    public EmulatorResponse DiscardDraft(Call call) => Change(call, type => TypeEditor.DiscardDraft(type, catalog));

    public EmulatorResponse Delete(Call call) => Change(call, types.Delete);

    public EmulatorResponse AddField(Call call) => ChangeFields(call, (type, input) =>
    {
        var added = new List<FieldDefinition>();
        foreach (var field in input)
        {
            if (RequiredOfField.FirstOrDefault(name => field.Text(name) is null) is { } missing)
            {
                return Refusal.MissingParameter(missing);
            }

            added.Add(FieldJson.ApplyTo(new FieldDefinition("", ""), field));
        }

        return fields.Add(type, added);
    });

    public EmulatorResponse DeleteField(Call call) =>
        ChangeFields(call, (type, input) => fields.Delete(type, [.. input.Select(field => field.Text("name") ?? "")]));

    public EmulatorResponse UpdateField(Call call)
    {
        if (!ObjectRequest.TryReadJson(call, out var body, out var invalid))
        {
            return call.Envelope.Refused(invalid);
        }

        using (body)
        {
            return Change(
                call,
                type =>
                {
                    var field = type.Newest.Find(call.FieldName, options.Quirks.FieldNamesIgnoreCase);
                    return field is null
                        ? Refusal.FieldNotFound(call.FieldName)
                        : fields.Update(type, field, FieldJson.ApplyTo(field, body.RootElement));
                }
            );
        }
    }

    private EmulatorResponse ChangeFields(Call call, Func<ObjectType, JsonElement[], Refusal?> change)
    {
        if (!ObjectRequest.TryRead(call, options, out var body, out var invalid))
        {
            return call.Envelope.Refused(invalid);
        }

        using (body)
        {
            return Change(call, type => change(type, [.. body.RootElement.GetProperty("input").EnumerateArray()]));
        }
    }

    private EmulatorResponse Change(Call call, Func<ObjectType, Refusal?> change)
    {
        lock (gate)
        {
            return Done(call, catalog.Find(call.ObjectName) is { } type ? change(type) : Refusal.NotFound);
        }
    }

    private static EmulatorResponse Done(Call call, Refusal? refusal) =>
        refusal is null ? call.Envelope.Empty() : call.Envelope.Refused(refusal);
}
