using System.Net;
using System.Net.Sockets;
using System.Text;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Marketo.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketoLambda.Marketo.Tests.Wire;

/// <summary>What the real network handler throws is classified as the retries need it.</summary>
public sealed class NetworkFaultTests
{
    [Fact]
    public async Task A_closed_port_means_not_sent()
    {
        // Given
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        // When / Then
        Assert.Contains("(not-sent)", await FirstFailureAsync(port), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        HttpRequestError.NameResolutionError,
        "No connection to Marketo at https://123-abc-456.mktorest.com (host name not found): check the network, and that Marketo__BaseUrl"
    )]
    [InlineData(
        HttpRequestError.SecureConnectionError,
        "No connection to Marketo at https://123-abc-456.mktorest.com (TLS failed: is the certificate trusted here?)"
    )]
    [InlineData(HttpRequestError.ConnectionError, "No connection to Marketo at https://123-abc-456.mktorest.com (connection failed)")]
    public void A_host_that_cannot_be_reached_is_named_with_the_cause(HttpRequestError error, string told)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ => Task.FromException<HttpResponseMessage>(new HttpRequestException(error, "client_secret=s3cr3t"));

        // When
        var failure = Record.Exception(() => client.Run(() => client.QueryAsync()))!;

        // Then
        Assert.Contains(told, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("s3cr3t", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_does_not_answer_the_connection_means_not_sent()
    {
        // Given: what the network handler throws at the end of its ConnectTimeout
        using var client = new MarketoUnderTest();
        client.Marketo.Token = _ =>
            Task.FromException<HttpResponseMessage>(new TaskCanceledException("client_secret=s3cr3t", new TimeoutException("connect")));

        // When
        var failure = Record.Exception(() => client.Run(() => client.QueryAsync()))!;

        // Then
        Assert.Contains(
            "No connection to Marketo at https://123-abc-456.mktorest.com (no answer)",
            failure.Message,
            StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("s3cr3t", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "(connection-broken)")]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"requestId\":",
        "(connection-broken)",
        "(unreadable)"
    )]
    [InlineData(
        "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<html>",
        "(HTTP 502)",
        "(connection-broken)"
    )]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", "(unreadable)")]
    public async Task An_answer_that_ends_early_means_unclear(string answer, params string[] expected)
    {
        // Given
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOnceAsync(listener, answer);

        // When
        var line = await FirstFailureAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        await serving;

        // Then
        Assert.Contains(expected, label => line.Contains(label, StringComparison.Ordinal));
    }

    private static async Task ServeOnceAsync(TcpListener listener, string answer)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var request = "";
        while (!request.EndsWith("]}", StringComparison.Ordinal))
        {
            var buffer = new byte[4096];
            request += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        connection.Client.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Makes one write, which .NET itself never sends twice, and gives up as soon as the first failure is logged.</summary>
    private static async Task<string> FirstFailureAsync(int port)
    {
        using var cancellation = new CancellationTokenSource();
        using var log = new FirstLine(cancellation);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerProvider>(log);
        services.AddSingleton<IAccessTokenCache>(new OneToken());
        services.AddMarketo(options =>
            (options.BaseUrl, options.ClientId, options.ClientSecret) = ($"http://127.0.0.1:{port}", "id", "secret")
        );
        await using var provider = services.BuildServiceProvider();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => provider.GetRequiredService<CustomObjectsClient>().SyncAsync(
            "car_c", SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, [Some.Record()], CallPurpose.State, cancellation.Token));
        return log.Line;
    }

    private sealed class OneToken : IAccessTokenCache
    {
        public AccessToken? Find(string key) => new("t", DateTimeOffset.MaxValue);

        public void Keep(string key, AccessToken? token)
        {
        }
    }

    private sealed class FirstLine(CancellationTokenSource seen) : ILoggerProvider, ILogger
    {
        public string Line { get; private set; } = "";

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            Line = formatter(state, exception);
            seen.Cancel();
        }

        public void Dispose()
        {
        }
    }
}
