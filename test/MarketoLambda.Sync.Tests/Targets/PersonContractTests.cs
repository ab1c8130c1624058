using System.Globalization;
using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Marketo.StandardObjects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.Lists;
using MarketoLambda.Sync.Targets.Programs;
using MarketoLambda.Sync.Targets.StandardObjects;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>Members of a program keep the whole contract, but for what comes of two calls a record.</summary>
public sealed class ProgramMemberContractTests : TargetContract
{
    private const int Program = 1044;

    private readonly NamedPeople _people = new();

    private protected override ITarget Target { get; } = new ProgramMemberTarget(Program, "email", Status: "Invited");

    protected override string EmulatedName => "programMember";

    protected override IReadOnlyList<string> KeyFields => ["email"];

    protected override string NumberField => "visits";

    protected override string LongField => "webinarUrl";

    protected override FieldOrigin KeyOrigin => new ComposedText(FieldTemplate.Parse("{Key}@people.example"));

    protected override IReadOnlyList<string> OddKeys => ["o'neil+x&y"];

    protected override bool TellsExactSize => false;

    protected override bool IsRefusedAsAWhole => false;

    protected override string Key(string name) => NamedPeople.Address(name);

    protected override string FaultKey(string name) => _people.IdOf(name).ToString(CultureInfo.InvariantCulture);

    private protected override string StoredKey(RecordView record) =>
        NamedPeople.Address(_people.NameOf(long.Parse(record["leadId"]!, CultureInfo.InvariantCulture)));

    protected override void Define(MarketoEmulator marketo)
    {
        _people.EnterInto(marketo);
        marketo.AddChannel("Event", new ChannelStatus("Invited", 10), new ChannelStatus("Attended", 20, IsSuccess: true));
        marketo.AddProgram(Program, "Webinar", "Event");
        marketo.DefineProgramMemberField(new FieldDefinition(NumberField, FieldDataTypes.Integer));
    }
}

/// <summary>Members of a static list: nothing but a person.</summary>
public sealed class StaticListContractTests : KeyedTargetContract
{
    private const int List = 1021;

    private readonly NamedPeople _people = new();

    private protected override ITarget Target { get; } = new StaticListTarget(List, "email");

    protected override string EmulatedName => "list";

    protected override IReadOnlyList<string> KeyFields => ["email"];

    protected override FieldOrigin KeyOrigin => new ComposedText(FieldTemplate.Parse("{Key}@people.example"));

    protected override string Key(string name) => NamedPeople.Address(name);

    protected override string FaultKey(string name) => _people.IdOf(name).ToString(CultureInfo.InvariantCulture);

    private protected override IReadOnlyList<string> StoredKeys() =>
        [.. Scenario.Marketo.ListMembers(List).Select(id => NamedPeople.Address(_people.NameOf(id)))];

    protected override void Define(MarketoEmulator marketo)
    {
        _people.EnterInto(marketo);
        marketo.AddList(List, "Newsletter");
    }
}

/// <summary>Roles of people in opportunities: the key is all there is that can be told apart.</summary>
public sealed class OpportunityRoleContractTests : KeyedTargetContract
{
    private const string LeadField = "leadId";
    private const long Person = 1;

    private protected override ITarget Target { get; } =
        new StandardObjectTarget(StandardObject.OpportunityRoles, "opportunity roles", WriteMode.Default) { MayBeOwnedByCrm = true };

    protected override string EmulatedName => "opportunityRole";

    protected override IReadOnlyList<string> KeyFields => ["externalOpportunityId", LeadField, "role"];

    protected override FieldOrigin KeyOriginOf(string field) => field == LeadField ? new FixedValue((decimal)Person) : KeyOrigin;

    protected override object KeyValue(string field, string name) => field == LeadField ? Person : name;

    protected override void Define(MarketoEmulator marketo)
    {
        marketo.AddLead(Person, "ann@people.example");
        foreach (var name in NamedPeople.Names())
        {
            marketo.Seed("opportunity", $$"""{"externalOpportunityId":"{{name}}"}""");
        }
    }
}
