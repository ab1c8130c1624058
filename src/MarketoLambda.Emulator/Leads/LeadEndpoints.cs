using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Leads;

/// <summary>Who answers which call about leads.</summary>
internal static class LeadEndpoints
{
    public static IEnumerable<KeyValuePair<Operation, AnswerCall>> All(
        EmulatorOptions options,
        ObjectCatalog catalog,
        RecordStore store,
        Lock gate)
    {
        var type = catalog.Standard(Lead.Name);
        var writer = new LeadWriter(options, catalog, store, gate);
        var sync = new LeadSyncEndpoint(options, catalog, type, writer, gate);
        var query = new LeadQueryEndpoint(options, type, gate);
        var delete = new LeadDeleteEndpoint(options, type, writer);
        var fields = new LeadFieldEndpoints(options, type, gate);
        var describe = new LeadDescribeEndpoints(options, type, gate);
        return
        [
            new(LeadOperations.Sync, sync.Answer),
            new(LeadOperations.Query, query.Answer),
            new(LeadOperations.ById, query.ById),
            new(LeadOperations.Delete, delete.Answer),
            new(LeadOperations.DeleteByMethod, delete.Answer),
            new(LeadOperations.Describe, (call, _) => describe.Describe(call)),
            new(LeadOperations.Describe2, (call, _) => describe.Describe2(call)),
            new(LeadOperations.Fields, (call, _) => fields.List(call)),
            new(LeadOperations.FieldByName, (call, _) => fields.ByName(call)),
            new(LeadOperations.CreateFields, (call, _) => fields.Create(call)),
            new(LeadOperations.Partitions, (call, _) => LeadPartitions.List(call, options)),
        ];
    }
}
