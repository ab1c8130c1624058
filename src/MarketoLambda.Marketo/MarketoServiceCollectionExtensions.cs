using System.Net;
using MarketoLambda.Marketo.Activities;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Limits;
using MarketoLambda.Marketo.Lists;
using MarketoLambda.Marketo.Pipeline;
using MarketoLambda.Marketo.Programs;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Marketo.Wire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Refit;

namespace MarketoLambda.Marketo;

/// <summary>Puts the Marketo client into a container.</summary>
public static class MarketoServiceCollectionExtensions
{
    /// <summary>Name of the one <see cref="HttpClient"/> under all of Marketo's interfaces.</summary>
    public const string HttpClientName = "Marketo";

    /// <summary>One for all interfaces: each would build what it knows of their types anew.</summary>
    private static readonly RefitSettings Settings = CreateSettings();

    /// <summary>Adds the client with settings from configuration, validated at start.</summary>
    /// <param name="services">Where to; what is there already (<see cref="TimeProvider"/>, <see cref="Random"/>,
    /// <see cref="IAccessTokenCache"/>) is used.</param>
    /// <param name="section">The section named <see cref="MarketoOptions.Section"/>.</param>
    /// <param name="primaryHandler">Takes the place of the network, for an emulator in the same process.</param>
    public static IServiceCollection AddMarketo(
        this IServiceCollection services,
        IConfiguration section,
        Func<HttpMessageHandler>? primaryHandler = null)
    {
        services.AddSingleton<IConfigureOptions<MarketoOptions>>(new MarketoOptionsSetup(section));
        return services.AddMarketoServices(primaryHandler);
    }

    /// <summary>Adds the client with settings made in code, validated at start.</summary>
    /// <inheritdoc cref="AddMarketo(IServiceCollection, IConfiguration, Func{HttpMessageHandler}?)"/>
    public static IServiceCollection AddMarketo(
        this IServiceCollection services,
        Action<MarketoOptions> configure,
        Func<HttpMessageHandler>? primaryHandler = null)
    {
        services.Configure(configure);
        return services.AddMarketoServices(primaryHandler);
    }

    private static IServiceCollection AddMarketoServices(this IServiceCollection services, Func<HttpMessageHandler>? primaryHandler)
    {
        services.AddOptions<MarketoOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MarketoOptions>, MarketoOptionsValidator>());
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton<IAccessTokenCache, InMemoryAccessTokenCache>();

        services.AddMarketoHttp(primaryHandler);
        services.AddSingleton<RetryPolicy>();
        services.AddSingleton<RetryBudget>();
        services.AddSingleton<TokenRequests>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<InFlightSlots>();
        services.AddSingleton<RateWindow>();
        services.AddSingleton<CallTurns>();
        services.AddSingleton<MarketoCallCounter>();
        services.AddSingleton<LingeringWrites>();
        services.AddSingleton<CallPipeline>();
        services.AddSingleton<DailyBudget>();
        services.AddSingleton(provider => new MarketoLoad(
            provider.GetRequiredService<RateWindow>(),
            provider.GetRequiredService<DailyBudget>()));
        services.AddSingleton(provider => new UsageClient(
            provider.GetRequiredService<IUsageApi>(),
            provider.GetRequiredService<CallPipeline>()));
        services.AddSingleton<RecordCalls>();
        services.AddSingleton(Client);
        services.AddSingleton(provider => provider.GetRequiredService<MarketoClient>().CustomObjects);
        services.AddSingleton(provider => new CustomObjectSchemaClient(
            provider.GetRequiredService<ICustomObjectSchemaApi>(), provider.GetRequiredService<CallPipeline>()));
        return services;
    }

    private static MarketoClient Client(IServiceProvider provider)
    {
        var pipeline = provider.GetRequiredService<CallPipeline>();
        var calls = provider.GetRequiredService<RecordCalls>();
        return new MarketoClient(calls, provider.GetRequiredService<LingeringWrites>())
        {
            Leads = new LeadsClient(provider.GetRequiredService<ILeadsApi>(), pipeline, calls),
            ProgramMembers = new ProgramMembersClient(provider.GetRequiredService<IProgramsApi>(), pipeline, calls),
            Activities = new ActivitiesClient(provider.GetRequiredService<IActivitiesApi>(), pipeline, calls),
            Time = provider.GetRequiredService<TimeProvider>(),
            StaticLists = new StaticListsClient(provider.GetRequiredService<IStaticListsApi>(), pipeline, calls),
        };
    }

    /// <summary>One handler for all interfaces, kept for good: it renews its connections itself, so singletons may hold it.</summary>
    private static void AddMarketoHttp(this IServiceCollection services, Func<HttpMessageHandler>? primaryHandler)
    {
        services.AddMarketoApi<IIdentityApi>();
        services.AddMarketoApi<IRecordsApi>();
        services.AddMarketoApi<ICustomObjectSchemaApi>();
        services.AddMarketoApi<ILeadsApi>();
        services.AddMarketoApi<IProgramsApi>();
        services.AddMarketoApi<IStaticListsApi>();
        services.AddMarketoApi<IActivitiesApi>();
        services.AddMarketoApi<IUsageApi>();

        // After Refit, which sets a primary handler of its own; the last one set is used.
        services.AddHttpClient(HttpClientName)
            .ConfigureHttpClient((provider, http) =>
            {
                http.BaseAddress = MarketoBaseUrl.Parse(provider.GetRequiredService<IOptions<MarketoOptions>>().Value.BaseUrl);
                http.Timeout = Timeout.InfiniteTimeSpan; // The pipeline times each kind of call itself.
            })
            .AddHttpMessageHandler(() => new UnreachableHostHandler())
            .ConfigurePrimaryHttpMessageHandler(primaryHandler ?? NetworkHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers(); // They write the URL, and identity's holds the secret.
    }

    private static void AddMarketoApi<TApi>(this IServiceCollection services) where TApi : class =>
        services.AddRefitGeneratedClient<TApi>(_ => Settings, HttpClientName);

    private static RefitSettings CreateSettings()
    {
        var settings = RefitSettings.ForJsonContext(MarketoJson.Default);
        settings.ExceptionRedactor = ExceptionRedaction.Redact;
        return settings;
    }

    private static SocketsHttpHandler NetworkHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10), // A firewall that drops packets is known as quickly as a port that refuses them.
        MaxConnectionsPerServer = 20,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // DNS changes are seen within that time.
        UseCookies = false,
    };
}
