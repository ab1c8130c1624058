using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Creates, updates or duplicates up to 300 leads.</summary>
/// <remarks>Source: Adobe, rest-api/leads. <c>asyncProcessing</c> is taken and changes nothing, since no answer to it is known.</remarks>
internal sealed class LeadSyncEndpoint(EmulatorOptions options, ObjectCatalog catalog, ObjectType type, LeadWriter writer, Lock gate)
{
    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (!ObjectRequest.TryRead(call, options, out var body, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        using (body)
        {
            var schema = type.Newest;
            return LeadOrder.TryRead(body.RootElement, schema, options, out var order, out refusal)
                ? Write(call, order, schema, body.RootElement.GetProperty("input"), now)
                : call.Envelope.Refused(refusal);
        }
    }

    private EmulatorResponse Write(Call call, LeadOrder order, ObjectSchema schema, JsonElement input, DateTimeOffset now)
    {
        var reader = new RecordReader(schema, options);
        var records = new List<IncomingRecord>(input.GetArrayLength());
        foreach (var element in input.EnumerateArray())
        {
            var record = reader.Read(element);
            if (RefusesCall(order, record))
            {
                return call.Envelope.Refused(record.Refusal ?? Refusal.FromCode("1003"));
            }

            records.Add(order.Check(record, options.Quirks));
        }

        if (RequiredRecords.AreMissing(schema, records, catalog, gate))
        {
            return call.Envelope.Refused(Refusal.SalesPersonNotFound);
        }

        var results = writer.Sync(call, type, order, records, now);
        return call.Envelope.Result(json => RecordResult.WriteAllWithoutSeq(json, schema.Id, results));
    }

    private bool RefusesCall(LeadOrder order, IncomingRecord record) =>
        record.HasUnknownField ? options.Quirks.UnknownFieldRefusesCall
        : record.Refusal is null && options.Quirks.LeadIdRefusesCall && order.HasForbiddenId(record);
}
