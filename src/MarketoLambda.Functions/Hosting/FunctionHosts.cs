using MarketoLambda.Functions.Clients;
using MarketoLambda.Functions.Queue;
using MarketoLambda.Hosting.Warm;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sources.JobFiles;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Functions.Hosting;

/// <summary>Opens what is inside a function: a container with its secrets and jobs, made anew when they change.</summary>
internal sealed class FunctionHosts(IConfiguration settings, AwsClients clients, TimeProvider time)
{
    private const string PackagedJobs = "jobs.json";

    /// <summary>Reads and wires everything at once, and so fails while the instance starts.</summary>
    /// <param name="outside">The function's own container.</param>
    /// <param name="addSide">Adds what only this function needs.</param>
    /// <param name="alerts">Takes word of a refused job file; null for a function that only logs it.</param>
    public RenewableHost<T> Open<T>(IServiceProvider outside, Action<IServiceCollection, HostSettings> addSide, IAlertChannel? alerts)
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

    private async Task<IReadOnlyDictionary<string, string?>> ReadSecretsAsync(CancellationToken cancellationToken) =>
        new Dictionary<string, string?>([
            .. await SsmSecrets.ReadAsync(settings, clients.Ssm, cancellationToken),
            .. await SsmPaths.ReadAsync(settings, clients.Ssm, cancellationToken),
        ]);

    private T Wire<T>(HostInputs inputs, string jobsAddress, Action<IServiceCollection, HostSettings> addSide, ILoggerFactory logs)
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

/// <param name="Settings">All settings, secrets among them.</param>
/// <param name="Jobs">Text of the job file.</param>
/// <param name="JobsPath">Its name in messages; folders in it are relative to the package, wherever the file is kept.</param>
internal sealed record HostSettings(IConfiguration Settings, string Jobs, string JobsPath, TimeProvider Time);
