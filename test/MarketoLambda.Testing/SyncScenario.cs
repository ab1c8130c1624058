using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Sync.Jobs;
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

    /// <summary>Creates the state object and the job's record, as <c>init</c> does.</summary>
    public SyncScenario Initialized()
    {
        Use(async services =>
        {
            var setup = services.GetRequiredService<StateSetup>();
            await setup.EnsureObjectAsync(CancellationToken.None);
            await setup.EnsureRecordAsync(Product, CancellationToken.None);
        });
        return this;
    }

    /// <summary>One run from a cold start.</summary>
    public SyncReport Run(TimeSpan? limit = null, IProgress<RunProgress>? progress = null, CancellationToken stopRequested = default)
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

    /// <summary>Does something with a fresh host.</summary>
    public void Use(Func<IServiceProvider, Task> act)
    {
        using var host = TestHost.Build(Time, () => Network?.Invoke(Marketo.CreateHandler()) ?? Marketo.CreateHandler(), Rejects, Alerts, log: Log);
        Time.Run(() => act(host));
    }
}
