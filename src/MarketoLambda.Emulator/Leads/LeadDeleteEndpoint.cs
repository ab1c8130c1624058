using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Deletes up to 300 leads by their ids, in the body or in the query.</summary>
/// <remarks>Source: Adobe, rest-api/leads, "Delete".</remarks>
internal sealed class LeadDeleteEndpoint(EmulatorOptions options, ObjectType type, LeadWriter writer)
{
    public EmulatorResponse Answer(Call call, DateTimeOffset now)
    {
        if (!IdList.TryRead(call, options, out var ids, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        var results = writer.Delete(call, type, ids, now);
        return call.Envelope.Result(json => RecordResult.WriteAllWithoutSeq(json, IdField.Number, results));
    }
}
