using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Claims;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Kept;
using MarketoLambda.Sync.Reading;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Testing;

/// <summary>A job, a source and an emulated Marketo on virtual time: everything an import needs, in one thread and without a network.</summary>
/// <remarks>Each run has a host of its own, as a cold start has.</remarks>
public sealed class SyncScenario
{
    public const string Product = "product_c";

    public SyncScenario(ISource? source = null, Action<EmulatorOptions>? marketo = null)
    {
        EmulatorOptions options = new() { KeepJournal = true };
        marketo?.Invoke(options);
        Time = new VirtualTime();
        Marketo = new MarketoEmulator(options, Time);
        Marketo.DefineObject(Product, "Product", FieldDefinition.Key("sku"), new FieldDefinition("amount", "integer"));
        Source = source as ListSource ?? new ListSource();
        Job = new SyncJob(Product, source ?? Source, ["sku"], [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Value")]);
    }

    public VirtualTime Time { get; }

    public MarketoEmulator Marketo { get; }

    public ListSource Source { get; }

    public SyncJob Job { get; set; }

    public MemoryRejects Rejects { get; } = new();

    public MemoryAlerts Alerts { get; } = new();

    /// <summary>What the instance remembers from run to run; null where every run starts with nothing.</summary>
    public MemoryOfAnInstance? Memory { get; init; }

    /// <summary>Everything that was logged.</summary>
    public RecordedLog Log { get; } = new();

    /// <summary>Stands between the engine and Marketo.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Network { get; set; }

    /// <summary>Latency of the emulated network, drawn from a seed.</summary>
    public SyncScenario WithLatency(TimeSpan longest)
    {
        Marketo.Options.LatencyOf = (_, random) => longest * random.NextDouble();
        return this;
    }

    /// <summary>Creates what the engine keeps in Marketo, as <c>init</c> does.</summary>
    public SyncScenario Initialized() => Initialized(StateSetup.Objects);

    /// <summary>Creates what runs are claimed with, where a test made the state object itself.</summary>
    public SyncScenario WithRuns() => Initialized([RunFields.Definition]);

    /// <summary>One run from a cold start. While a dead run's claim holds, it comes again.</summary>
    public SyncReport Run(TimeSpan? limit = null, IProgress<RunProgress>? progress = null, CancellationToken stopRequested = default)
    {
        var report = RunOnce(limit, progress, stopRequested);
        for (var tries = 1; report.BusyUntil is { } until && tries < 5; tries++)
        {
            Time.Advance(TimeSpan.FromTicks(Math.Max(0, (until - Time.GetUtcNow()).Ticks)) + TimeSpan.FromSeconds(1));
            report = RunOnce(limit, progress, stopRequested);
        }

        return report;
    }

    /// <summary>One run from a cold start, now.</summary>
    public SyncReport RunOnce(TimeSpan? limit = null, IProgress<RunProgress>? progress = null, CancellationToken stopRequested = default)
    {
        SyncReport? report = null;
        Use(async services => report = await services.GetRequiredService<SyncEngine>().RunAsync(Job, new RunDeadline(Time, limit, stopRequested), progress, CancellationToken.None));
        return report!;
    }

    /// <summary>The job's state as Marketo has it, read by the engine's own store.</summary>
    public StateRecord State()
    {
        StateRecord? state = null;
        Use(async services => state = await services.GetRequiredService<StateStore>().ReadAsync(Product, CancellationToken.None));
        return state!;
    }

    private SyncScenario Initialized(IReadOnlyList<KeptObject> objects)
    {
        Use(async services =>
        {
            var setup = services.GetRequiredService<StateSetup>();
            foreach (var kept in objects)
            {
                await setup.EnsureObjectAsync(kept, CancellationToken.None);
            }

            await setup.EnsureRecordsAsync(Job.ApiName, CancellationToken.None);
        });
        return this;
    }

    /// <summary>Does something with a fresh host.</summary>
    public void Use(Func<IServiceProvider, Task> act)
    {
        using var host = TestHost.Build(Time, () => Network?.Invoke(Marketo.CreateHandler()) ?? Marketo.CreateHandler(), Rejects, Alerts, log: Log, memory: Memory);
        Time.Run(() => act(host));
    }
}
