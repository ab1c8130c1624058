using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Previews;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MarketoLambda.Sync;

/// <summary>Wires the engine.</summary>
public static class SyncServices
{
    /// <summary>
    /// Adds the engine. The host adds Marketo's client and an <see cref="IAlertChannel"/>, and an <see cref="IRejectSink"/> where rejects
    /// are not to be kept in Marketo.
    /// </summary>
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StateStore>();
        services.TryAddSingleton<IWarmStates, InMemoryWarmStates>();
        services.TryAddSingleton<RunStore>();
        services.TryAddSingleton<ILeaseWitness, NoLeaseWitness>();
        services.TryAddSingleton<RunLeases>();
        services.TryAddSingleton<RunPruning>();
        services.TryAddSingleton<RejectTable>();
        services.TryAddSingleton(new RejectLimits());
        services.TryAddSingleton<RejectPolicy>();
        services.TryAddSingleton<IOutageMemory, InMemoryOutages>();
        services.TryAddSingleton<OutageWatch>();
        services.TryAddSingleton<RunEnding>();
        services.TryAddSingleton<SyncEngine>();
        services.TryAddSingleton<DryRun>();
        services.TryAddSingleton<RetryPreview>();
        services.TryAddSingleton<JobReset>();
        services.TryAddSingleton<JobForget>();
        services.TryAddSingleton<StateSetup>();
        services.TryAddSingleton<JobObjectSetup>();
        return services;
    }
}
