using System.Globalization;
using MarketoLambda.Cli.Commands.Rejects;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Demo;

/// <summary>
/// People: one who is in Marketo twice, the company they work for, and a linked record that arrives before its person.
/// </summary>
internal sealed class LeadStory(string folder)
{
    private const int Speed = 20;
    private const string Companies = "companies";
    private const string People = "people";
    private const string Devices = "device_c";
    private const string Twice = "kim@acme.example";
    private const string Newcomer = "nina@nordlys.example";

    /// <summary>Rejects that wait are tried again by the first run after 15 minutes.</summary>
    private static readonly TimeSpan UntilRetry = TimeSpan.FromMinutes(16);

    private readonly AcceleratedTime _time = new(Speed, TimeProvider.System);

    /// <summary>Prints it; true when the proof at the end holds.</summary>
    public async Task<bool> PrintAsync(CancellationToken cancellationToken)
    {
        Terminal.Heading("1. An emulated Marketo with people, and three folders of files");
        WriteFiles();
        await using var marketo = await DemoMarketo.StartAsync(_time, Furnish);
        await using var local = LocalHost.Open(Path.Combine(folder, "jobs.json"), marketo.Settings(), _time);
        DemoRuns runs = new(local);
        DemoQueries queries = new(marketo, cancellationToken);
        Terminal.Line(
            $"Marketo is emulated at {marketo.Address.ToString().TrimEnd('/')}; its clock runs {Speed} times as fast as yours. It has "
                + $"three people, two of them with the same address, {Twice}. The files are in {folder}.");
        _ = await LocalSetup.SetUpAsync(local);
        await ArriveEarlyAsync(local, runs);
        await ImportPeopleAsync(local, runs, queries);
        await GoOnAsync(marketo, runs, queries);
        Terminal.Heading("5. Proof, counted by the emulator");
        return Prove(marketo, await LeftAsync(local));
    }

    private static void Furnish(MarketoEmulator emulator)
    {
        emulator.DefineObject(
            Devices,
            "Device",
            FieldDefinition.Key("serialNumber"),
            new FieldDefinition("model", "string"),
            FieldDefinition.Link("owner", "lead", "email"));
        emulator.Seed("lead", """{"email":"ben@acme.example","firstName":"Ben"}""");
        emulator.Seed("lead", $$"""{"email":"{{Twice}}","firstName":"Kim"}""");
        emulator.Seed("lead", $$"""{"email":"{{Twice}}","firstName":"Kimberly"}""");
    }

    private void WriteFiles()
    {
        JobFileOfDemo.Write("leads.jobs.json", Path.Combine(folder, "jobs.json"));
        Write("companies", "Account,Name,City\nA-1,Acme,Hamburg\nA-2,Nordlys,Oslo\n");
        Write(
            "people",
            "E-Mail,First Name,Last Name,Account\n"
                + $"ben@acme.example,Ben,Ahlers,A-1\n{Twice},Kim,Berg,A-1\n{Newcomer},Nina,Dahl,A-2\n");
        Write("devices", $"Serial Number,Model,Owner\nD-1,Boiler 300,ben@acme.example\nD-2,Thermostat,{Newcomer}\n");
    }

    private void Write(string name, string text)
    {
        var place = Path.Combine(folder, name);
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, $"{name}.csv"), text);
    }

    private static async Task ArriveEarlyAsync(LocalHost local, DemoRuns runs)
    {
        Terminal.Heading("2. A device arrives before its owner, and waits");
        await runs.RunAsync(Devices);
        await ListCommand.PrintAsync(local, Devices);
    }

    private static async Task ImportPeopleAsync(LocalHost local, DemoRuns runs, DemoQueries queries)
    {
        Terminal.Heading("3. Companies, then the people who work there");
        await runs.RunAsync(Companies);
        await runs.RunAsync(People);
        Terminal.Line($"Whom should {Twice} be written to? The record is put aside, with the ids of both:");
        await ListCommand.PrintAsync(local, People);
        Terminal.Line("A person who is new, with her company:");
        await queries.PrintAsync("leads", "email", Newcomer, "email,firstName,lastName,externalCompanyId");
    }

    private async Task GoOnAsync(DemoMarketo marketo, DemoRuns runs, DemoQueries queries)
    {
        Terminal.Heading("4. The device finds its owner, and the two become one");
        _time.Advance(UntilRetry);
        Terminal.Line("What waits is tried again by the first run after 15 minutes. The demo puts its clock forward.");
        await runs.RunAsync(Devices);
        var doubled = marketo.Records("lead").Where(person => person["email"] == Twice).Max(person => person.Id) ?? 0;
        await queries.DeleteLeadAsync(doubled);
        Terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Somebody merges the two in Marketo: here one of them, {doubled}, is deleted. Then marketo-lambda rejects retry {People}:"));
        await runs.RetryAsync(People);
    }

    private static async Task<long> LeftAsync(LocalHost local)
    {
        var left = 0L;
        foreach (var job in local.Jobs)
        {
            var state = await local.Get<StateStore>().ReadAsync(job.Name, StopSignals.StopRequested);
            left += state.Rejects is { Open: var open, Waiting: var waiting } ? open + waiting : 0;
        }

        return left;
    }

    private static bool Prove(DemoMarketo marketo, long left)
    {
        var people = marketo.Records("lead").Select(person => person["email"]).ToList();
        var atCompanies = marketo.Records("lead").Count(person => person["externalCompanyId"] is not null);
        var devices = marketo.Records(Devices);
        var owned = devices.Count(device => marketo.LinkedLead(Devices, "owner", device.Key) is not null);
        var isRight = (people.Count, people.Distinct().Count(), atCompanies, devices.Count, owned, left) == (3, 3, 3, 2, 2, 0);
        Terminal.Line(
            $"People {people.Count}, each address once, {atCompanies} of them at their company; devices {devices.Count}, {owned} of them "
                + $"linked to their owner; records that wait or are put aside: {left}.");
        if (isRight)
        {
            Terminal.Good("Nothing is lost, nothing is doubled.");
        }
        else
        {
            Terminal.Error("This should not have happened. Please report it.");
        }

        return isRight;
    }
}
