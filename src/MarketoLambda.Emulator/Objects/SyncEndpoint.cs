using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Create, update or upsert of up to 300 records.</summary>
/// <remarks>Source: Adobe, rest-api/custom-objects, "Create and Update", and rest-api/lead-database.</remarks>
internal sealed class SyncEndpoint(EmulatorOptions options, ObjectCatalog catalog, RecordWriter writer, Lock gate)
{
    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (!ObjectRequest.TryRead(call, options, out var body, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        using (body)
        {
            var request = body.RootElement;
            return SyncOrder.TryRead(request, out var order, out refusal)
                ? Write(call, order, request.GetProperty("input"), now)
                : call.Envelope.Refused(refusal);
        }
    }

    private EmulatorResponse Write(Call call, SyncOrder order, JsonElement input, DateTimeOffset now)
    {
        ObjectType? type;
        lock (gate)
        {
            type = catalog.FindUsable(call.Route, now);
        }

        if (type?.Approved is not { } schema)
        {
            return call.Envelope.Refused(Refusal.NotFound);
        }

        if (CrmSync.Refusal(type, options) is { } owned)
        {
            return CrmSync.Answer(call, schema, owned, input.GetArrayLength(), options.Quirks);
        }

        var reader = new RecordReader(schema, options);
        var records = new IncomingRecord[input.GetArrayLength()];
        var seq = 0;
        foreach (var element in input.EnumerateArray())
        {
            var record = reader.Read(element);
            if (record is { HasUnknownField: true, Refusal: { } unknown } && options.Quirks.UnknownFieldRefusesCall)
            {
                return call.Envelope.Refused(unknown);
            }

            records[seq++] = order.Check(record, schema, reader, options.Quirks);
        }

        if (schema.Fields.FirstOrDefault(field => LacksRequired(field, records)) is not null)
        {
            return call.Envelope.Refused(Refusal.SalesPersonNotFound);
        }

        var results = writer.Sync(call, type, order, records, now);
        return call.Envelope.Result(json => RecordResult.WriteAll(json, schema.Id, results));
    }

    private bool LacksRequired(FieldDefinition field, IncomingRecord[] records)
    {
        if (field.Requires is not { } target)
        {
            return false;
        }

        lock (gate)
        {
            return Array.Exists(
                records,
                record =>
                    record.Refusal is null
                    && FieldValues.TryGet(record.Changes, field.Ordinal, out var json)
                    && !catalog.HasParent(target, ValueText.From(json)));
        }
    }
}
