using MarketoLambda.Sync.Alerts;
using MarketoLambda.Sync.Claims;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MarketoLambda.Sync;

/// <summary>Wires the engine.</summary>
public static class SyncServices
{
    /// <summary>Adds the engine. The host adds Marketo's client, an <see cref="Rejects.IRejectSink"/> and an <see cref="IAlertChannel"/>.</summary>
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StateStore>();
        services.TryAddSingleton<IWarmStates, InMemoryWarmStates>();
        services.TryAddSingleton<RunLedger>();
        services.TryAddSingleton<RunClaims>();
        services.TryAddSingleton<RunPruning>();
        services.TryAddSingleton<IOutageMemory, InMemoryOutages>();
        services.TryAddSingleton<OutageWatch>();
        services.TryAddSingleton<RunEnding>();
        services.TryAddSingleton<SyncEngine>();
        services.TryAddSingleton<JobReset>();
        services.TryAddSingleton<StateSetup>();
        return services;
    }
}
