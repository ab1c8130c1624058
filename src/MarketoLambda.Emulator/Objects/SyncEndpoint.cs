using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Records;
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

        if (RequiredRecords.AreMissing(schema, records, catalog, gate))
        {
            return call.Envelope.Refused(Refusal.SalesPersonNotFound);
        }

        var results = writer.Sync(call, type, order, records, now);
        return call.Envelope.Result(json => RecordResult.WriteAll(json, schema.Id, results));
    }
}
