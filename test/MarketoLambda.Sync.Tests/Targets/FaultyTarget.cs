using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Programs;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Marketo.StandardObjects;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.CustomObjects;
using MarketoLambda.Sync.Targets.Leads;
using MarketoLambda.Sync.Targets.Lists;
using MarketoLambda.Sync.Targets.Programs;
using MarketoLambda.Sync.Targets.StandardObjects;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Targets;

/// <summary>A target whose writes go wrong, and three rows for it: <c>a</c>, <c>b</c> and <c>c</c>, each of a person who exists.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="EmulatedName">What the emulator calls it in its log of calls.</param>
/// <param name="KeyFields">The job's key.</param>
/// <param name="Fields">What fills it, of the columns <c>Key</c>, <c>Value</c> and <c>Owner</c>.</param>
internal sealed record FaultyTarget(
    ITarget Target,
    string EmulatedName,
    IReadOnlyList<string> KeyFields,
    IReadOnlyList<FieldMapping> Fields)
{
    private const int Id = 1044;
    private const string Job = "faulty";

    private static readonly string[] Rows = ["a", "b", "c"];

    /// <summary>By name: every target, and every call with which one writes.</summary>
    private static readonly Dictionary<string, FaultyTarget> ByName = new(StringComparer.Ordinal)
    {
        ["custom object"] = new(new CustomObjectTarget("car_c"), "car_c", ["vin"], [new("vin", "Key")]),
        ["lead"] = Lead(WriteMode.Default),
        ["compared lead"] = Lead(WriteMode.Default with { SkipsUnchanged = true }),
        ["company"] = Standard(StandardObject.Companies, "Company", "externalCompanyId", mayBeOwnedByCrm: true),
        ["opportunity"] = Standard(StandardObject.Opportunities, "opportunity", "externalOpportunityId", mayBeOwnedByCrm: true),
        ["sales person"] = Standard(StandardObject.SalesPersons, "SalesPerson", "externalSalesPersonId", mayBeOwnedByCrm: true),
        ["named account"] = Standard(StandardObject.NamedAccounts, "Named Account", "name", mayBeOwnedByCrm: false),
        ["opportunity role"] =
            new(
                new StandardObjectTarget(StandardObject.OpportunityRoles, "roles", WriteMode.Default) { MayBeOwnedByCrm = true },
                "opportunityRole",
                ["externalOpportunityId", "leadId", "role"],
                [new("externalOpportunityId", "Key"), new("leadId", "Owner"), new("role", "Value")])
            {
                IsOwnable = true,
                FirstWrite = 2,
            },
        ["member's status"] =
            new(new ProgramMemberTarget(Id, "leadId", "Invited"), "programMember", ["leadId"], [new("leadId", "Owner")])
            {
                Kind = CallKind.SyncStatus,
                TakesNoChange = true,
            },
        ["member's fields"] =
            new(
                new ProgramMemberTarget(Id, "leadId", "Invited"),
                "programMember",
                ["leadId"],
                [new("leadId", "Owner"), new("registrationCode", "Value")])
            {
                FirstWrite = 2,
            },
        ["list member"] = new(new StaticListTarget(Id, "leadId"), "list", ["leadId"], [new("leadId", "Owner")]),
    };

    /// <summary>The call that goes wrong.</summary>
    public CallKind Kind { get; private init; } = CallKind.Sync;

    /// <summary>Where Marketo says that a native CRM sync owns the records, the job stops.</summary>
    public bool IsOwnable { get; private init; }

    /// <summary>A record that Marketo skips because it is so already counts as unchanged.</summary>
    public bool TakesNoChange { get; private init; }

    public static IEnumerable<string> Names => ByName.Keys;

    public static FaultyTarget Find(string name) => ByName[name];

    /// <summary>Which call of its kind goes wrong, from 1: before it may come one that finds out about a CRM, or gives a status.</summary>
    public int FirstWrite { get; private init; } = 1;

    /// <summary>A world with the three rows in a source.</summary>
    public SyncScenario Open()
    {
        SyncScenario scenario = new() { KeepsRejectsInMarketo = true };
        var marketo = scenario.Marketo;
        marketo.DefineObject("car_c", "Car", FieldDefinition.Key("vin"));
        marketo.AddChannel("Event", new ChannelStatus("Invited", 10));
        marketo.AddProgram(Id, "Webinar", "Event");
        marketo.AddList(Id, "Newsletter");
        foreach (var (index, name) in Rows.Index())
        {
            marketo.Seed("lead", $$"""{"id":{{index + 1}},"email":"{{name}}@there.example"}""");
            marketo.Seed("opportunity", $$"""{"externalOpportunityId":"{{name}}-deal","name":"{{name}}"}""");
        }

        scenario.Job = new SyncJob(Job, scenario.Source, KeyFields, Fields) { Target = Target, StopAbovePercentRejected = 100 };
        scenario.Initialized();
        scenario.Source.Add(Rows.Select((name, index) => new ListSource.ListRow(
            EmulatedName switch
            {
                "lead" => $"{name}@new.example",
                "opportunityRole" => $"{name}-deal",
                _ => name,
            },
            $"role {name}",
            Owner: $"{index + 1}")));
        return scenario;
    }

    /// <summary>The second row's record, as faults of single records name it.</summary>
    public string SecondKey => EmulatedName switch
    {
        "lead" => "b@new.example",
        "opportunityRole" => "b-deal\u001f2\u001frole b",
        "programMember" or "list" => "2",
        _ => "b",
    };

    /// <summary>How many of the three rows Marketo has.</summary>
    public int CountIn(MarketoEmulator marketo) => EmulatedName switch
    {
        "list" => marketo.ListMembers(Id).Count,
        "lead" => marketo.Count("lead") - Rows.Length,
        "opportunity" => marketo.Count("opportunity") - Rows.Length,
        "programMember" when Kind == CallKind.Sync =>
            marketo.Records("programMember").Count(member => member["registrationCode"] is not null),
        _ => marketo.Count(EmulatedName),
    };

    private static FaultyTarget Lead(WriteMode mode) =>
        new(new LeadTarget(LeadTarget.Email, mode), "lead", ["email"], [new("email", "Key"), new("firstName", "Value")]);

    private static FaultyTarget Standard(StandardObject type, string emulated, string key, bool mayBeOwnedByCrm) =>
        new(
            new StandardObjectTarget(type, "such records", WriteMode.Default) { MayBeOwnedByCrm = mayBeOwnedByCrm },
            emulated,
            [key],
            [new(key, "Key")])
        {
            IsOwnable = true,
            FirstWrite = mayBeOwnedByCrm ? 2 : 1,
        };
}
