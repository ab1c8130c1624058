using MarketoLambda.Emulator.Identity;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sync;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Testing;

/// <summary>The product's own container on a clock and a network of the test's choice: what a cold start makes.</summary>
public static class TestHost
{
    public static ServiceProvider Build(
        TimeProvider time,
        Func<HttpMessageHandler> network,
        IRejectSink? rejects,
        IAlertChannel alerts,
        Action<MarketoOptions>? configure = null,
        ILoggerProvider? log = null,
        IWarmStates? memory = null,
        Action<IServiceCollection>? more = null)
    {
        ServiceCollection services = new();
        more?.Invoke(services);
        services.AddSingleton(time);
        services.AddSingleton(new Random(1));
        services.AddMarketo(
            options =>
            {
                options.BaseUrl = "https://123-abc-456.mktorest.com";
                options.ClientId = CustomService.DefaultClientId;
                options.ClientSecret = CustomService.DefaultClientSecret;
                configure?.Invoke(options);
            },
            network);
        memory ??= new MemoryOfAnInstance();
        services.AddSingleton(memory);
        services.AddSingleton(memory as IOutageMemory ?? new MemoryOfAnInstance());
        services.AddSync();
        if (log is not null)
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        }

        if (rejects is not null)
        {
            services.AddSingleton(rejects);
        }

        services.AddSingleton(alerts);
        return services.BuildServiceProvider();
    }
}
