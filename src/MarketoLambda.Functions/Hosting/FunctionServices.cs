using MarketoLambda.Functions.Alerts;
using MarketoLambda.Functions.Queue;
using MarketoLambda.Hosting;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Hosting.Warm;
using MarketoLambda.Hosting.Webhooks;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sources;
using MarketoLambda.Sources.JobFiles;
using MarketoLambda.Sync;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Hosting;

/// <summary>
/// Wires the functions. Each has a container of its own inside, which is made anew when a secret or the job file changes.
/// </summary>
public static class FunctionServices
{
    private const string PackagedJobs = "jobs.json";

    public static IServiceCollection AddFunctions(
        this IServiceCollection services,
        IConfiguration settings,
        AwsClients clients,
        Stream log,
        TimeProvider time)
    {
        services.AddSingleton(time);
        var lines = Stream.Synchronized(log);
        services.AddLogging(logging => logging.AddProvider(new JsonLog(lines, time)));
        var metrics = settings["Metrics:Namespace"] is { Length: > 0 } chosen ? chosen : MarketoTelemetry.Name;
        services.AddSingleton(_ => new EmbeddedMetrics(lines, metrics, time));
        services.AddSingleton(outside => new RunMessages(
            Open<RunRequestHandler>(outside, AddQueueSide, AlertServices.Create(clients.Ses, settings)),
            new SqsDeadLetters(clients.Sqs, settings["Queue:DeadLettersUrl"] ?? ""),
            outside.GetRequiredService<ILogger<RunMessages>>()));
        services.AddSingleton(outside => Open<WebhookHandler>(outside, AddWebhookSide, alerts: null));
        return services;

        RenewableHost<T> Open<T>(IServiceProvider outside, Action<IServiceCollection, HostSettings> addSide, IAlertChannel? alerts)
            where T : class
        {
            var logs = outside.GetRequiredService<ILoggerFactory>();
            var address = settings["Sync:JobsFile"] is { Length: > 0 } named ? named : PackagedJobs;
            var jobFile = JobFilePlaces.At(address, AppContext.BaseDirectory, clients.JobFiles);
            RenewableHost<T> host = new(
                async cancellationToken => new HostInputs(
                    await ReadSecretsAsync(cancellationToken),
                    await jobFile.ReadAsync(cancellationToken)),
                inputs => Wire<T>(inputs, jobFile.Address, addSide, logs),
                WarmInstance.OfThisProcess,
                new JobFileWatch(jobFile.Address, alerts, time, logs.CreateLogger<JobFileWatch>()),
                time,
                logs.CreateLogger<RenewableHost<T>>());

            // Resolved while the instance starts, which waits for nothing else; there is no other way to fail there.
            host.GetAsync(CancellationToken.None).GetAwaiter().GetResult();
            return host;
        }

        async Task<IReadOnlyDictionary<string, string?>> ReadSecretsAsync(CancellationToken cancellationToken) =>
            new Dictionary<string, string?>([
                .. await SsmSecrets.ReadAsync(settings, clients.Ssm, cancellationToken),
                .. await SsmPaths.ReadAsync(settings, clients.Ssm, cancellationToken),
            ]);

        T Wire<T>(HostInputs inputs, string jobsAddress, Action<IServiceCollection, HostSettings> addSide, ILoggerFactory logs)
            where T : class
        {
            var all = new ConfigurationBuilder().AddConfiguration(settings).AddInMemoryCollection(inputs.Secrets).Build();
            ServiceCollection inside = new();
            inside.AddSingleton(time);
            inside.AddSingleton<IAccessTokenCache>(WarmInstance.OfThisProcess);
            inside.AddSingleton<IWarmStates>(WarmInstance.OfThisProcess);
            inside.AddSingleton<IOutageMemory>(WarmInstance.OfThisProcess);
            inside.AddMarketo(all.GetSection(MarketoOptions.Section), clients.Marketo);
            inside.AddSync();
            inside.AddSingleton(logs); // one factory, so that the invocation's id is in every line
            inside.AddSingleton(clients);
            inside.AddRunQueue(all);
            addSide(
                inside,
                new HostSettings(all, inputs.Jobs, Path.Combine(AppContext.BaseDirectory, Path.GetFileName(jobsAddress)), time));
            var built = inside.BuildServiceProvider();
            built.GetRequiredService<IStartupValidator>().Validate();
            return built.GetRequiredService<T>();
        }
    }

    private static void AddQueueSide(IServiceCollection services, HostSettings host)
    {
        services.AddSingleton(new JobList(JobFile.Parse(host.Jobs, host.JobsPath, SourceTypes.All(host.Settings, host.Time))));
        services.AddDurableRejects(host.Settings);
        services.AddSesAlerts(host.Settings);
        services.AddDeadLetters();
        services.AddRunRequests();
    }

    private static void AddWebhookSide(IServiceCollection services, HostSettings host)
    {
        services.AddSingleton(JobFile.Names(host.Jobs, host.JobsPath)); // it runs no job, and is given no connection to a source
        services.AddWebhook(host.Settings.GetSection(WebhookOptions.Section));
    }

    /// <param name="Settings">All settings, secrets among them.</param>
    /// <param name="Jobs">Text of the job file.</param>
    /// <param name="JobsPath">Its name in messages; folders in it are relative to the package, wherever the file is kept.</param>
    /// <param name="Time">The clock.</param>
    private sealed record HostSettings(IConfiguration Settings, string Jobs, string JobsPath, TimeProvider Time);
}
