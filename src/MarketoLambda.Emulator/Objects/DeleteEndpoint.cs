using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Deletes up to 300 records by key or GUID.</summary>
/// <remarks>
/// Source: Adobe, rest-api/custom-objects, "Delete". Absent <c>deleteBy</c> means dedupeFields, as sibling objects document.
/// </remarks>
internal sealed class DeleteEndpoint(EmulatorOptions options, ObjectCatalog catalog, RecordWriter writer, Lock gate)
{
    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (!ObjectRequest.TryRead(call, options, out var body, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        using (body)
        {
            var deleteBy = body.RootElement.Choice("deleteBy", "dedupeFields");
            if (deleteBy is not ("dedupeFields" or "idField"))
            {
                return call.Envelope.Refused(Refusal.Invalid($"Invalid deleteBy '{deleteBy}' value"));
            }

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
                return CrmSync.Answer(call, schema, owned, body.RootElement.GetProperty("input").GetArrayLength(), options.Quirks);
            }

            var byGuid = deleteBy == "idField";
            var reader = new RecordReader(schema, options);
            var records = body.RootElement.GetProperty("input").EnumerateArray()
                .Select(element => Check(reader.Read(element), byGuid, schema, reader)).ToArray();
            var results = writer.Delete(call, type, byGuid, records, now);
            return call.Envelope.Result(json => RecordResult.WriteAll(json, schema.Id, results));
        }
    }

    private IncomingRecord Check(IncomingRecord record, bool byGuid, ObjectSchema schema, RecordReader reader) =>
        (record.Refusal, byGuid) switch
        {
            ({ }, _) => record,
            (_, true) when record.Guid is null => record with { Refusal = Refusal.Invalid($"{schema.Id.Name} is missing") },
            (_, false) when record.Key is null => record with
            {
                Refusal = SyncOrder.MissingDedupeField(reader.MissingDedupeField(), options.Quirks),
            },
            _ => record,
        };
}
