using System.Globalization;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sources.Salesforce;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Salesforce.Attack;
using MarketoLambda.Testing.Simulation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>One world of an attack, drawn from a seed: an organisation, a Marketo, and some runs under fire.</summary>
internal sealed class AttackedImport
{
    private const string Asset = "asset_c";
    private const int Chapters = 7;

    private readonly SyncScenario _scenario = new();
    private readonly Random _random;
    private readonly bool _usesBulk;
    private readonly string _section;

    public AttackedImport(int seed)
    {
        _random = new Random(seed);
        var skew = TimeSpan.FromHours(_random.Next(4) switch { 0 => 3, 1 => -3, _ => 0 });
        Org = new HostileOrg(_scenario.Time, _random)
        {
            Skew = skew,
            DateSkew = skew >= TimeSpan.Zero && _random.Next(3) == 0 ? TimeSpan.FromHours(2) : TimeSpan.Zero,
            HasShortIds = _random.Next(3) == 0,
            PageSize = _random.Next(1, 6),
            PartSize = _random.Next(1, 6),
        };
        _usesBulk = _random.Next(2) == 0;
        _section = "\"deleted\": \"delete\", \"bulkAbove\": "
            + $"{(_usesBulk ? 3 : 50_000)}{(_random.Next(3) == 0 ? ", \"fullPassEveryDays\": 1" : "")}";
        _scenario.Marketo.DefineObject(Asset, "Asset", FieldDefinition.Key("serial"), new FieldDefinition("version", "integer"),
            new FieldDefinition("words", "string"));
        _scenario.Job = Job();
        _scenario.Initialized();
    }

    public HostileOrg Org { get; }

    /// <summary>How runs ended, with their numbers.</summary>
    public SortedDictionary<string, int> Ends { get; } = new(StringComparer.Ordinal);

    /// <summary>Plays it, and tells what is wrong at the end.</summary>
    public IReadOnlyList<string> Play()
    {
        for (var most = 30; most > 0; most -= 6)
        {
            Org.Work(most);
            _scenario.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(3000)));
        }

        for (var chapter = 0; chapter < Chapters; chapter++)
        {
            Org.Work(8);
            _scenario.Time.Advance(TimeSpan.FromSeconds(_random.Next(600)));
            (Org.Faults.Rate, Org.Activity) = (_random.Next(3) * 0.15, _random.Next(2) * 0.3);
            Org.Faults.Storm(_random.Next(4) == 0 ? _random.Next(30) : 0);
            RunUnderFire();
        }

        (Org.Faults.Rate, Org.Activity) = (0, 0);
        Org.Faults.Storm(0);
        for (var last = 0; last < 3; last++)
        {
            _scenario.Time.Advance(TimeSpan.FromHours(last == 0 ? 4 : 26));
            Run();
        }

        return [.. Findings()];
    }

    private IEnumerable<string> Findings()
    {
        var inMarketo = _scenario.Marketo.Records(Asset).ToDictionary(record => record["serial"]!, record =>
            int.Parse(record["version"]!, CultureInfo.InvariantCulture));
        foreach (var (key, version) in Org.Truth.Where(record => inMarketo.GetValueOrDefault(record.Key) != record.Value))
        {
            yield return $"{key} is {inMarketo.GetValueOrDefault(key)} in Marketo and {version} in Salesforce";
        }

        foreach (var key in inMarketo.Keys.Except(Org.Truth.Keys))
        {
            yield return $"{key} is in Marketo and not in Salesforce";
        }

        if (!_usesBulk && Overtaken() is { } overtaken)
        {
            yield return overtaken;
        }

        if (_scenario.Rejects.Stored.FirstOrDefault(reject => reject.Code != "invalid-text") is { } other)
        {
            yield return $"rejected {other.Code} {other.Reason}";
        }
    }

    /// <summary>An older version on top of a newer one. A bulk job that a dead run left may bring one once more, before the newer one
    /// comes again.</summary>
    private string? Overtaken()
    {
        Dictionary<string, int> newest = [];
        foreach (var write in _scenario.Marketo.Journal.Where(write =>
            write.Record.ObjectName == Asset && write.Record["version"] is not null))
        {
            var (key, version) = (write.Record["serial"]!, int.Parse(write.Record["version"]!, CultureInfo.InvariantCulture));
            if (version < newest.GetValueOrDefault(key))
            {
                return $"{version} of {key} was written on top of {newest[key]}";
            }

            newest[key] = version;
        }

        return null;
    }

    private void RunUnderFire()
    {
        try
        {
            if (_random.Next(2) == 0)
            {
                Die(_random.Next(1, 60), isHeard: _random.Next(2) == 0);
            }
            else
            {
                Run();
            }
        }
        finally
        {
            _scenario.Network = null;
        }
    }

    private void Run()
    {
        _scenario.Job = Job();
        var report = _scenario.Run(TimeSpan.FromMinutes(15));
        Count(report.Outcome.ToString());
    }

    /// <summary>A run whose process dies at that call, to Salesforce or to Marketo.</summary>
    private void Die(int deathAt, bool isHeard)
    {
        ProcessLife life = new();
        var calls = 0;
        HttpMessageHandler Mortal(HttpMessageHandler inner) => new MortalHandler(inner, life, () => ++calls == deathAt, isHeard);
        _scenario.Network = Mortal;
        _scenario.Job = Job(Mortal);
        var host = _scenario.Host();
        _scenario.Time.Run(async () =>
        {
            var running = host.GetRequiredService<SyncEngine>().RunAsync(_scenario.Job,
                new RunDeadline(_scenario.Time, TimeSpan.FromMinutes(15), CancellationToken.None), null, CancellationToken.None);
            await Task.WhenAny(running, life.End);
            Count(life.IsOver ? "died" : (await running).Outcome.ToString());
        });
    }

    private void Count(string end) => Ends[end] = Ends.GetValueOrDefault(end) + 1;

    private SyncJob Job(Func<HttpMessageHandler, HttpMessageHandler>? network = null)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Connections:crm:LoginUrl"] = Org.Address,
            ["Connections:crm:ClientId"] = "id",
            ["Connections:crm:ClientSecret"] = "secret",
        }).Build();
        HostileHandler handler = new(Org, _scenario.Time);
        JobProblems problems = new(".");
        var json = LocatedJson.Parse($$"""{ "type": "salesforce", "connection": "crm", "object": "Asset", {{_section}} }""", problems)!;
        JobSection section = new(json, "jobs.x.source", problems);
        var source = new SalesforceSourceType(settings, _scenario.Time, network?.Invoke(handler) ?? handler).Read(section);
        FieldMapping[] fields = [new("serial", "Serial__c"), new("version", "Version__c"), new("words", "Text__c")];
        return new SyncJob(Asset, source, ["serial"], fields) { StopAbovePercentRejected = 100 };
    }
}
