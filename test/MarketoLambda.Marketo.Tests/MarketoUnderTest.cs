using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Marketo.Tests;

/// <summary>The real client in its real container; only the network and the clock are replaced.</summary>
internal sealed class MarketoUnderTest : IDisposable
{
    public const string Secret = "s3cr3t-Value+of/the=client";

    private readonly ServiceProvider _provider;

    public MarketoUnderTest(Action<MarketoOptions>? change = null, Func<VirtualTime, HttpMessageHandler>? handler = null, int seed = 1)
    {
        Time = new VirtualTime();
        Marketo = new ScriptedMarketo(Time);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(new Random(seed));
        services.AddSingleton<ILoggerProvider>(Log);
        services.AddMarketo(
            options =>
            {
                options.BaseUrl = "https://123-abc-456.mktorest.com/rest";
                options.ClientId = "client-id";
                options.ClientSecret = Secret;
                change?.Invoke(options);
            },
            () => handler?.Invoke(Time) ?? Marketo);
        _provider = services.BuildServiceProvider();
    }

    public VirtualTime Time { get; }

    public ScriptedMarketo Marketo { get; }

    public RecordedLog Log { get; } = new();

    public CustomObjectsClient Objects => Get<CustomObjectsClient>();

    public CustomObjectSchemaClient Schema => Get<CustomObjectSchemaClient>();

    public UsageClient Usage => Get<UsageClient>();

    public MarketoCallCounter Counter => Get<MarketoCallCounter>();

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>What the story returns, or the exception it ends with.</summary>
    public T Run<T>(Func<Task<T>> story)
    {
        T? result = default;
        Time.Run(async () => result = await story());
        return result!;
    }

    /// <summary>The exception the call must end with.</summary>
    public TException Fails<TException>(Func<Task> story) where TException : Exception =>
        Assert.Throws<TException>(() => Time.Run(story));

    public void Dispose() => _provider.Dispose();
}
