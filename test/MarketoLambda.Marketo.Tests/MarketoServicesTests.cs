using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Marketo.Tests;

public sealed class MarketoServicesTests
{
    [Fact]
    public void The_network_handler_is_ours_and_not_the_one_refit_sets()
    {
        // Given
        using var provider = Provider();

        // When
        var handler = provider
            .GetRequiredService<IHttpMessageHandlerFactory>()
            .CreateHandler(MarketoServiceCollectionExtensions.HttpClientName);
        var names = new List<string>();
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            names.Add(handler.GetType().Name);
            handler = inner;
        }

        // Then
        var network = Assert.IsType<SocketsHttpHandler>(handler);
        Assert.InRange(network.MaxConnectionsPerServer, 10, 100);
        Assert.InRange(network.PooledConnectionLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15));
        Assert.Equal(System.Net.DecompressionMethods.All, network.AutomaticDecompression);
        Assert.DoesNotContain(names, name => name.Contains("Logging", StringComparison.Ordinal));
    }

    [Fact]
    public void The_http_client_leaves_time_outs_to_the_pipeline()
    {
        using var provider = Provider();

        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(MarketoServiceCollectionExtensions.HttpClientName);

        Assert.Equal((Timeout.InfiniteTimeSpan, "https://example.mktorest.com/"), (http.Timeout, http.BaseAddress!.AbsoluteUri));
        Assert.All(
            new[] { CallKind.Query, CallKind.Sync, CallKind.Delete, CallKind.Token },
            kind => Assert.Equal(TimeSpan.FromSeconds(10), kind.TimeOut - kind.MarketoLimit));
    }

    [Fact]
    public void A_host_may_keep_the_token_beyond_the_container()
    {
        // Given
        var kept = new KeptTokens();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var time = new Testing.VirtualTime();
            var marketo = new ScriptedMarketo(time);
            var services = new ServiceCollection();
            services.AddSingleton<TimeProvider>(time);
            services.AddSingleton<Marketo.Identity.IAccessTokenCache>(kept);
            services.AddMarketo(Configure, () => marketo);

            // When
            using var provider = services.BuildServiceProvider();
            time.Run(() => provider.GetRequiredService<Usage.UsageClient>().TodayAsync(CancellationToken.None));
            kept.TokenCalls += marketo.TokenCalls.Count;
        }

        // Then
        Assert.Equal(1, kept.TokenCalls);
        Assert.Equal(["https://example.mktorest.com/#id"], kept.Keys);
    }

    private static ServiceProvider Provider() => new ServiceCollection().AddMarketo(Configure).BuildServiceProvider(validateScopes: true);

    private static void Configure(MarketoOptions options) =>
        (options.BaseUrl, options.ClientId, options.ClientSecret) = ("https://example.mktorest.com/rest", "id", "secret");

    private sealed class KeptTokens : Marketo.Identity.IAccessTokenCache
    {
        private readonly Dictionary<string, Marketo.Identity.AccessToken?> _tokens = [];

        public int TokenCalls { get; set; }

        public IEnumerable<string> Keys => _tokens.Keys;

        public Marketo.Identity.AccessToken? Find(string key) => _tokens.GetValueOrDefault(key);

        public void Keep(string key, Marketo.Identity.AccessToken? token) => _tokens[key] = token;
    }
}
