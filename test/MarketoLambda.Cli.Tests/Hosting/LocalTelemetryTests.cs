using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Marketo.Telemetry;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Tests.Hosting;

/// <summary>Metrics and traces leave a workstation where OpenTelemetry's own settings say.</summary>
public sealed class LocalTelemetryTests
{
    [Fact]
    public void Without_an_endpoint_nothing_listens() => Assert.Null(LocalTelemetry.Begin(Settings("")));

    [Fact]
    public async Task What_a_command_measured_arrives_at_the_endpoint_before_it_ends()
    {
        // Given
        var port = FreePort();
        using HttpListener collector = new();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        ConcurrentBag<string> paths = [];
        var serving = ServeAsync(collector, paths);

        // When
        using (LocalTelemetry.Begin(Settings($"http://127.0.0.1:{port}")))
        {
            MarketoTelemetry.Meter.CreateCounter<long>("marketolambda.test").Add(1);
            MarketoTelemetry.Activities.StartActivity("run")?.Dispose();
        }

        // Then
        collector.Stop();
        await serving;
        Assert.Contains("/v1/metrics", paths);
        Assert.Contains("/v1/traces", paths);
    }

    private static async Task ServeAsync(HttpListener collector, ConcurrentBag<string> paths)
    {
        try
        {
            while (true)
            {
                var context = await collector.GetContextAsync();
                paths.Add(context.Request.Url!.AbsolutePath);
                context.Response.Close();
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IConfigurationRoot Settings(string endpoint) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
                    ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                }
            )
            .Build();
}
