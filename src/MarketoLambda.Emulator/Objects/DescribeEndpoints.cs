using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>Lists and describes the approved custom objects.</summary>
/// <remarks>Source: Adobe, rest-api/custom-objects, "List" and "Describe".</remarks>
internal sealed class DescribeEndpoints(ObjectCatalog catalog, SchemaWriter writer, Lock gate)
{
    public EmulatorResponse List(Call call, DateTimeOffset now)
    {
        var names = call.Query.List("names");
        lock (gate)
        {
            var schemas = catalog.All
                .Where(type => now >= type.UsableFrom && names?.Contains(type.ApiName) != false)
                .Select(type => type.Approved).OfType<ObjectSchema>().ToArray();
            return call.Envelope.Result(json => Array.ForEach(schemas, schema => writer.WriteListed(json, schema)));
        }
    }

    public EmulatorResponse Describe(Call call, DateTimeOffset now)
    {
        lock (gate)
        {
            return catalog.FindUsable(call.Route, now) is { Approved: { } schema }
                ? call.Envelope.Result(json => writer.WriteApproved(json, schema))
                : call.Envelope.Refused(Refusal.NotFound);
        }
    }
}
