using MarketoLambda.Functions.Alerts;
using MarketoLambda.Functions.Clients;
using MarketoLambda.Functions.Queue;
using MarketoLambda.Hosting;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Hosting.Webhooks;
using MarketoLambda.Marketo.Telemetry;
using MarketoLambda.Sources;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Functions.Hosting;

/// <summary>
/// Wires the functions. Each has a container of its own inside, which is made anew when a secret or the job file changes.
/// </summary>
internal static class FunctionServices
{
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
        FunctionHosts hosts = new(settings, clients, time);
        services.AddSingleton(outside => new RunMessages(
            hosts.Open<RunRequestHandler>(outside, AddQueueSide, AlertServices.Create(clients.Ses, settings)),
            new SqsDeadLetters(clients.Sqs, settings["Queue:DeadLettersUrl"] ?? ""),
            outside.GetRequiredService<ILogger<RunMessages>>()));
        return services.AddSingleton(outside => hosts.Open<WebhookHandler>(outside, AddWebhookSide, alerts: null));
    }

    private static void AddQueueSide(IServiceCollection services, HostSettings host)
    {
        services.AddSingleton(new JobList(JobFile.Parse(host.Jobs, host.JobsPath, SourceTypes.All(host.Settings, host.Time))));
        services.AddDurableRejects(host.Settings, host.Time);
        services.AddSesAlerts(host.Settings);
        services.AddDeadLetters();
        services.AddRunRequests();
    }

    private static void AddWebhookSide(IServiceCollection services, HostSettings host)
    {
        services.AddSingleton(JobFile.Names(host.Jobs, host.JobsPath)); // it runs no job, and is given no connection to a source
        services.AddWebhook(host.Settings.GetSection(WebhookOptions.Section));
    }
}
