using MarketoLambda.Marketo.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Sends metrics and traces of a command where OpenTelemetry's own settings say; without them nothing listens.</summary>
internal sealed class LocalTelemetry : IDisposable
{
    /// <summary>Setting that OpenTelemetry defines; the exporter reads it, and its other ones, itself.</summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>A command must not wait long for a collector that is away.</summary>
    private const int MaxMillisecondsAtTheEnd = 5000;

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private LocalTelemetry(IConfiguration settings)
    {
        _metrics = Sdk.CreateMeterProviderBuilder().ConfigureServices(Configured).AddMeter(MarketoTelemetry.Name).AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(Configured)
            .AddSource(MarketoTelemetry.Name)
            .AddOtlpExporter()
            .Build();

        void Configured(IServiceCollection services) => services.AddSingleton(settings);
    }

    /// <summary>Begins, where the settings name an endpoint; else null.</summary>
    public static LocalTelemetry? Begin(IConfiguration settings) =>
        string.IsNullOrWhiteSpace(settings[EndpointSetting]) ? null : new LocalTelemetry(settings);

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics.ForceFlush(MaxMillisecondsAtTheEnd);
        _traces.ForceFlush(MaxMillisecondsAtTheEnd);
        _metrics.Dispose();
        _traces.Dispose();
    }
}
