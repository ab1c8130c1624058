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
            || !RowShape.TryRead(request, lookup, schema, options.Quirks, out var shape, out refusal)
            || !Page.TryRead(request, options, out var page, out refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        var found = lookup.Find(records).Take(page.Position + page.Size + 1).ToArray();
        var rows = page.Cut(found);
        return call.Envelope.Result(
            json =>
            {
                for (var seq = 0; seq < rows.Length; seq++)
                {
                    shape.Write(json, seq, rows[seq]);
                }
            },
            page.NextToken(found.Length),
            saysMoreResult: !schema.IsStandard);
    }
}
