using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Programs;

/// <summary>Who answers which call about programs and their members.</summary>
internal static class ProgramEndpoints
{
    public static IEnumerable<KeyValuePair<Operation, AnswerCall>> All(
        EmulatorOptions options,
        ProgramBook book,
        ObjectCatalog catalog,
        RecordStore store,
        Lock gate)
    {
        var type = catalog.Standard(ProgramMember.Name);
        var describe = new MemberDescribeEndpoint(type, new ValueReader(options), gate);
        var members = new MemberEndpoints(options, book, type, new MemberWriter(catalog, store, gate), gate);
        var query = new MemberQueryEndpoint(options, book, type, gate);
        var assets = new AssetEndpoints(book, gate);
        return
        [
            new(ProgramOperations.Describe, (call, _) => describe.Answer(call)),
            new(ProgramOperations.Status, members.SetStatus),
            new(ProgramOperations.Sync, members.Write),
            new(ProgramOperations.Delete, members.Delete),
            new(ProgramOperations.Query, query.Answer),
            new(ProgramOperations.Channels, (call, _) => assets.Channels(call)),
            new(ProgramOperations.Channel, (call, _) => assets.ChannelByName(call)),
            new(ProgramOperations.Programs, (call, _) => assets.Programs(call)),
            new(ProgramOperations.ByName, (call, _) => assets.ProgramByName(call)),
            new(ProgramOperations.ById, (call, _) => assets.ProgramById(call)),
        ];
    }
}
