using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Looks up leads by a field, in pages, or one by its id.</summary>
/// <remarks>Source: Adobe, rest-api/leads, "Query". Page tokens and order are not documented.</remarks>
internal sealed class LeadQueryEndpoint(EmulatorOptions options, ObjectType type, Lock gate)
{
    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (!LookupRequest.TryRead(call, out var request, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        lock (gate)
        {
            return Answer(call, request, type.Newest, type.Records.Visible(now));
        }
    }

    public EmulatorResponse ById(Call call, DateTimeOffset now)
    {
        lock (gate)
        {
            var schema = type.Newest;
            if (!LeadRow.TryRead(call.Query.List("fields"), schema, options.Quirks, out var row, out var refusal))
            {
                return call.Envelope.Refused(refusal);
            }

            var leads = type.Records.Visible(now);
            var found = schema.Id.Parse(call.Route.Arguments[0]) is { } id && leads.TryGet(id, out var lead) ? lead : null;
            return found is not null ? call.Envelope.Result(json => row.Write(json, found))
                : options.Quirks.LeadByIdMissingCode.Length == 0 ? call.Envelope.Empty()
                : call.Envelope.Refused(Refusal.FromCode(options.Quirks.LeadByIdMissingCode));
        }
    }

    private EmulatorResponse Answer(Call call, LookupRequest request, ObjectSchema schema, RecordTable leads)
    {
        if (!LeadFilter.TryRead(request, schema, options, out var filter, out var refusal)
            || !LeadRow.TryRead(request.Fields, schema, options.Quirks, out var row, out refusal)
            || !Page.TryRead(request, options, out var page, out refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        var found = filter.Find(leads).Take(options.MaxLeadsPerQuery + 1).ToArray();
        if (found.Length > options.MaxLeadsPerQuery)
        {
            return call.Envelope.Refused(Refusal.Invalid("Too many results match the filter"));
        }

        return call.Envelope.Result(
            json => Array.ForEach(page.Cut(found), lead => row.Write(json, lead)),
            page.NextToken(found.Length),
            saysMoreResult: false);
    }
}
