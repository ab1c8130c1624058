using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Testing;

/// <summary>
/// A job, a source and an emulated Marketo on virtual time: everything an import needs, in one thread and without a network.
/// </summary>
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
        Marketo.DefineObject(
            Product,
            "Product",
            FieldDefinition.Key("sku"),
            new FieldDefinition("amount", "integer"),
            FieldDefinition.Link("owner", "lead", "id"));
        Source = source as ListSource ?? new ListSource();
        Job = new SyncJob(Product, source ?? Source, ["sku"], [new FieldMapping("sku", "Key"), new FieldMapping("amount", "Value")]);
    }

    public VirtualTime Time { get; }

    public MarketoEmulator Marketo { get; }

    public ListSource Source { get; }

    public SyncJob Job { get; set; }

    /// <summary>Where rejects go, unless they are kept in Marketo.</summary>
    public MemoryRejects Rejects { get; } = new();

    /// <summary>Rejects are kept in Marketo, as they are where a host chooses nothing else.</summary>
    public bool KeepsRejectsInMarketo { get; init; }

    /// <summary>Most open rejects of a job; null for the product's own limit.</summary>
    public int? MaxOpenRejects { get; set; }

    public MemoryAlerts Alerts { get; } = new();

    /// <summary>What warm instances remember from run to run; null, and every run starts cold.</summary>
    public MemoryOfAnInstance? Memory { get; set; }

    /// <summary>Everything that was logged.</summary>
    public RecordedLog Log { get; } = new();

    /// <summary>What a Lambda function writes to CloudWatch, when set.</summary>
    public MemoryStream? CloudWatch { get; init; }

    /// <summary>Stands between the engine and Marketo.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Network { get; set; }

    /// <summary>Latency of the emulated network, drawn from a seed.</summary>
    public SyncScenario WithLatency(TimeSpan longest)
    {
        Marketo.Options.LatencyOf = (_, random) => longest * random.NextDouble();
        return this;
    }

    /// <summary>Creates what the engine keeps in Marketo, as <c>init</c> does.</summary>
    public SyncScenario Initialized() => InitializedWith(StateSetup.Objects);

    /// <summary>Creates what runs are claimed with, where a test made the state object itself.</summary>
    public SyncScenario WithRuns() => InitializedWith(RunFields.Definition);

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
        Use(async services =>
            report = await services
                .GetRequiredService<SyncEngine>()
                .RunAsync(Job, new RunDeadline(Time, limit, stopRequested), progress, CancellationToken.None));
        return report!;
    }

    /// <summary>
    /// One run that is aborted after that time, wherever it is: it writes nothing more, and its claim holds until its lease ends.
    /// </summary>
    public void RunUntilAborted(TimeSpan after) =>
        Use(async services =>
        {
            using CancellationTokenSource abort = new(after, Time);
            try
            {
                await services
                    .GetRequiredService<SyncEngine>()
                    .RunAsync(Job, new RunDeadline(Time, limit: null, CancellationToken.None), progress: null, abort.Token);
            }
            catch (OperationCanceledException)
            {
                // As it is meant.
            }
        });

    /// <summary>The job's state as Marketo has it, read by the engine's own store.</summary>
    public StateRecord State()
    {
        StateRecord? state = null;
        Use(async services => state = await services.GetRequiredService<StateStore>().ReadAsync(Product, CancellationToken.None));
        return state!;
    }

    /// <summary>Creates some of what the engine keeps in Marketo, as an older <c>init</c> did.</summary>
    public SyncScenario InitializedWith(params IReadOnlyList<StateTable> objects)
    {
        Use(async services =>
        {
            var setup = services.GetRequiredService<StateSetup>();
            foreach (var kept in objects)
            {
                await setup.EnsureObjectAsync(kept, CancellationToken.None);
            }

            await setup.EnsureRecordsAsync(Job, CancellationToken.None);
        });
        return this;
    }

    /// <summary>A fresh host, for stories with several at once.</summary>
    public ServiceProvider Host() =>
        TestHost.Build(
            Time,
            () => Network?.Invoke(Marketo.CreateHandler()) ?? Marketo.CreateHandler(),
            KeepsRejectsInMarketo ? null : Rejects,
            Alerts,
            log: Log,
            memory: Memory,
            more: Configure);

    private void Configure(IServiceCollection services)
    {
        if (MaxOpenRejects is { } maxOpen)
        {
            services.AddSingleton(new RejectLimits(maxOpen));
        }

        if (CloudWatch is not null)
        {
            services.AddLogging(logging => logging.AddProvider(new JsonLog(CloudWatch, Time)));
        }
    }

    /// <summary>Does something with a fresh host.</summary>
    public void Use(Func<IServiceProvider, Task> act)
    {
        using var host = Host();
        Time.Run(() => act(host));
    }
}
