using MarketoLambda.Functions.Alerts;
using MarketoLambda.Functions.Queue;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Sources;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Alerts;
using MarketoLambda.Sync.Hosting;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Requests;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Hosting;

/// <summary>Wires the functions. Each has a container of its own inside, which is made anew when a secret changes.</summary>
public static class FunctionServices
{
    public static IServiceCollection AddFunctions(this IServiceCollection services, IConfiguration settings, AwsClients clients, Stream log, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddLogging(logging => logging.AddProvider(new JsonLog(log, time)));
        services.AddSingleton(outside => Open<RunRequestHandler>(outside, AddQueueSide));
        services.AddSingleton(outside => Open<WebhookDesk>(outside, AddWebhookSide));
        return services;

        RenewableHost<T> Open<T>(IServiceProvider outside, Action<IServiceCollection, IConfiguration, TimeProvider> addSide) where T : class
        {
            var logs = outside.GetRequiredService<ILoggerFactory>();
            RenewableHost<T> host = new(
                async cancellationToken => new Dictionary<string, string?>(
                [.. await SsmSecrets.ReadAsync(settings, clients.Ssm, cancellationToken), .. await SsmPaths.ReadAsync(settings, clients.Ssm, cancellationToken)]),
                secrets => Wire<T>(new ConfigurationBuilder().AddConfiguration(settings).AddInMemoryCollection(secrets).Build(), addSide, logs),
                WarmInstance.OfThisProcess,
                time,
                logs.CreateLogger<RenewableHost<T>>());

            // Resolved while the instance starts, which waits for nothing else; there is no other way to fail there.
            host.GetAsync(CancellationToken.None).GetAwaiter().GetResult();
            return host;
        }

        T Wire<T>(IConfiguration all, Action<IServiceCollection, IConfiguration, TimeProvider> addSide, ILoggerFactory logs) where T : class
        {
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
            addSide(inside, all, time);
            var built = inside.BuildServiceProvider();
            built.GetRequiredService<IStartupValidator>().Validate();
            return built.GetRequiredService<T>();
        }
    }

    private static void AddQueueSide(IServiceCollection services, IConfiguration settings, TimeProvider time)
    {
        services.AddSingleton(ReadJobs(settings, (json, path) => new JobList(JobFile.Parse(json, path, SourceTypes.All(settings, time)))));
        services.AddDurableRejects(settings);
        services.AddSesAlerts(settings);
        services.AddRunRequests();
    }

    private static void AddWebhookSide(IServiceCollection services, IConfiguration settings, TimeProvider time)
    {
        services.AddSingleton(ReadJobs(settings, JobFile.Names)); // it runs no job, and is given no connection to a source
        services.AddWebhook(settings.GetSection(WebhookOptions.Section));
    }

    private static T ReadJobs<T>(IConfiguration settings, Func<string, string, T> read)
    {
        var path = Path.Combine(AppContext.BaseDirectory, settings["Sync:JobsFile"] ?? "jobs.json");
        return read(File.ReadAllText(path), path);
    }
}
