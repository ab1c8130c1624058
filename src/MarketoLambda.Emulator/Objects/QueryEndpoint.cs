using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Looks up records by key, GUID or link, in pages.</summary>
/// <remarks>
/// Source: Adobe, rest-api/custom-objects, "Query". Page tokens, order and stability are not documented: here the token is a position.
/// </remarks>
internal sealed class QueryEndpoint(EmulatorOptions options, ObjectCatalog catalog, Lock gate)
{
    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (!LookupRequest.TryRead(call, out var request, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        lock (gate)
        {
            return catalog.FindUsable(call.Route, now) is { Approved: { } schema } type
                ? Answer(call, request, schema, type.Records.Visible(now))
                : call.Envelope.Refused(Refusal.NotFound);
        }
    }

    private EmulatorResponse Answer(Call call, LookupRequest request, ObjectSchema schema, RecordTable records)
    {
        if (!Lookup.TryRead(request, schema, options, out var lookup, out var refusal)
            || !RowShape.TryRead(request, lookup, schema, options.Quirks, out var shape, out refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        if (request.BatchSize is <= 0 || request.BatchSize > options.MaxRecordsPerCall)
        {
            return call.Envelope.Refused(Refusal.Invalid($"Invalid batchSize, 1 to {options.MaxRecordsPerCall} are allowed"));
        }

        if (PageToken.Read(request.NextPageToken) is not { } position)
        {
            return call.Envelope.Refused(Refusal.Invalid("Invalid nextPageToken"));
        }

        var size = request.BatchSize ?? options.MaxRecordsPerCall;
        var page = lookup.Find(records).Skip(position).Take(size + 1).ToArray();
        return call.Envelope.Result(
            json =>
            {
                for (var seq = 0; seq < Math.Min(size, page.Length); seq++)
                {
                    shape.Write(json, seq, page[seq]);
                }
            },
            page.Length > size ? PageToken.From(position + size) : null,
            saysMoreResult: !schema.IsStandard);
    }
}
