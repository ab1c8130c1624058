using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Leads;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Lists;

/// <summary>Shows the leads of a list, in pages.</summary>
internal sealed class ListMembersEndpoint(EmulatorOptions options, ListBook lists, ObjectType leads, Lock gate)
{
    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (!LookupRequest.TryRead(call, out var request, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        lock (gate)
        {
            if (!ListEndpoints.TryFind(call, lists, out var list, out refusal)
                || !LeadRow.TryRead(request.Fields, leads.Newest, options.Quirks, out var row, out refusal)
                || !Page.TryRead(request, options, out var page, out refusal))
            {
                return call.Envelope.Refused(refusal);
            }

            var table = leads.Records.Visible(now);
            StoredRecord[] members =
            [
                .. list.Members
                    .Where(lead => list.Shows(lead, now, options.Quirks.ListMembershipDelay))
                    .Select(lead => table.TryGet(lead, out var found) ? found : null)
                    .OfType<StoredRecord>(),
            ];
            return call.Envelope.Result(
                json => Array.ForEach(page.Cut(members), lead => row.Write(json, lead)),
                page.NextToken(members.Length),
                saysMoreResult: false);
        }
    }
}
