using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Salesforce;
using MarketoLambda.Testing.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>From Salesforce through the engine into Marketo, with a process that dies at any call to either.</summary>
public sealed class ImportTests
{
    private static readonly bool[] BeforeOrAfterEffect = [false, true];

    [Fact]
    public void Assets_arrive_change_and_go()
    {
        // Given
        World world = new("\"deleted\": \"delete\"");
        // When
        world.First();
        var first = world.Run();
        world.Second();
        var second = world.Run();
        // Then
        Assert.Equal((RunOutcome.Succeeded, 9L), (first.Outcome, first.Accepted));
        Assert.Equal(RunOutcome.Succeeded, second.Outcome);
        Assert.Equal(world.Expected(), world.InMarketo());
    }

    [Fact]
    public void A_bulk_job_that_takes_longer_than_a_run_is_waited_for_by_the_next_one()
    {
        // Given
        World world = new("\"bulkAbove\": 5", org => org.BulkDuration = TimeSpan.FromMinutes(50));
        world.First();
        // When
        List<RunOutcome> outcomes = [];
        for (var runs = 0; runs < 8 && outcomes is not [.., RunOutcome.Succeeded]; runs++)
        {
            outcomes.Add(world.Run(TimeSpan.FromMinutes(15)).Outcome);
        }

        // Then
        Assert.Equal([RunOutcome.Continued, RunOutcome.Continued, RunOutcome.Continued, RunOutcome.Succeeded], outcomes);
        Assert.Equal(1, world.Crm.Org.BulkJobs);
        Assert.Equal(world.Expected(), world.InMarketo());
    }

    [Theory]
    [InlineData("\"deleted\": \"delete\"")]
    [InlineData("\"bulkAbove\": 5")]
    public void Wherever_a_process_dies_the_next_ones_bring_Marketo_to_what_Salesforce_holds(string section)
    {
        // Given
        var calls = Notice(section, run: 0, deathAt: 0, isHeard: false).Calls;
        // When
        var findings = (
            from run in Enumerable.Range(0, 2)
            from deathAt in Enumerable.Range(1, calls[run])
            from isHeard in BeforeOrAfterEffect
            let told = Notice(section, run, deathAt, isHeard)
            where !told.World.Expected().SequenceEqual(told.World.InMarketo())
            select $"run {run}, call {deathAt}, {(isHeard ? "after" : "before")} effect: {string.Join(' ', told.World.InMarketo())}"
        ).ToList();
        // Then
        Assert.True(calls.Sum() > 30);
        Assert.Empty(findings);
    }

    /// <summary>Both chapters, with a death in one of the runs; then runs until nothing is new.</summary>
    private static (World World, int[] Calls) Notice(string section, int run, int deathAt, bool isHeard)
    {
        World world = new(section);
        var calls = new int[2];
        for (var chapter = 0; chapter < 2; chapter++)
        {
            (chapter == 0 ? (Action)world.First : world.Second)();
            calls[chapter] = world.RunAndDie(chapter == run ? deathAt : 0, isHeard);
            world.Crm.Time.Advance(TimeSpan.FromMinutes(3));
        }

        for (var runs = 0; runs < 6 && world.Run().Outcome != RunOutcome.NothingNew; runs++)
        {
            world.Crm.Time.Advance(TimeSpan.FromMinutes(11)); // beyond the lookback
        }

        return (world, calls);
    }

    private sealed class World
    {
        private readonly SyncScenario _scenario = new();

        public World(string section, Action<OrgOptions>? configure = null)
        {
            Crm = new Crm(
                org =>
                {
                    org.PageSize = 3;
                    configure?.Invoke(org);
                },
                _scenario.Time)
            { Section = section };
            _scenario.Initialized();
        }

        public Crm Crm { get; }

        /// <summary>Nine assets, four of them of one second, one committed late.</summary>
        public void First()
        {
            Crm.Put(5)
                .Put(3)
                .Put(8)
                .Put(1)
                .After(TimeSpan.FromSeconds(3))
                .Put(2)
                .Put(4, commitsAfter: TimeSpan.FromSeconds(30))
                .After(TimeSpan.FromSeconds(2))
                .Put(6)
                .Put(7)
                .Put(9)
                .After(TimeSpan.FromMinutes(4));
        }

        /// <summary>Changes, a new one, deletions.</summary>
        public void Second()
        {
            Crm.Put(3, "2").Put(10).After(TimeSpan.FromSeconds(1)).Put(3, "3").Put(1, "2");
            if (Crm.Section.Contains("delete", StringComparison.Ordinal))
            {
                Crm.Assets.Delete(8);
                Crm.Assets.Delete(1);
            }

            Crm.After(TimeSpan.FromMinutes(4));
        }

        public SyncReport Run(TimeSpan? limit = null)
        {
            (Crm.Network, _scenario.Network) = (handler => handler, null);
            _scenario.Job = Job();
            return _scenario.Run(limit);
        }

        /// <summary>A run whose process dies at that call, to Salesforce or to Marketo; 0 for never. Returns the calls.</summary>
        public int RunAndDie(int deathAt, bool isHeard)
        {
            ProcessLife life = new();
            var calls = 0;
            Crm.Network = Mortal;
            _scenario.Network = Mortal;
            _scenario.Job = Job();
            var host = _scenario.Host();
            Crm.Time.Run(async () =>
            {
                var running = host.GetRequiredService<SyncEngine>()
                    .RunAsync(
                        _scenario.Job,
                        new RunDeadline(Crm.Time, TimeSpan.FromMinutes(15), CancellationToken.None),
                        null,
                        CancellationToken.None);
                await Task.WhenAny(running, life.End);
            });
            return calls;

            HttpMessageHandler Mortal(HttpMessageHandler inner) => new MortalHandler(inner, life, () => ++calls == deathAt, isHeard);
        }

        /// <summary>What Salesforce holds, as it should be in Marketo.</summary>
        public string[] Expected() =>
            [.. Crm.Assets.Now("SerialNumber", "Name").Select(values => $"{values[0]}={values[1]}").Order(StringComparer.Ordinal)];

        public string[] InMarketo() =>
            [
                .. _scenario
                    .Marketo.Records(SyncScenario.Product)
                    .Select(record => $"{record["sku"]}={record["amount"]}")
                    .Order(StringComparer.Ordinal),
            ];

        private SyncJob Job() =>
            _scenario.Job with
            {
                Source = Crm.Source(),
                Fields = [new FieldMapping("sku", "SerialNumber"), new FieldMapping("amount", "Name")],
            };
    }
}
