using MarketoLambda.Marketo.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MarketoLambda.Cli.Hosting;

/// <summary>Sends metrics and traces of a command where OpenTelemetry's own settings say; without them nothing listens.</summary>
internal sealed class DeskTelemetry : IDisposable
{
    /// <summary>Setting that OpenTelemetry defines; the exporter reads it, and its other ones, itself.</summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>A command must not wait long for a collector that is away.</summary>
    private const int MostMillisecondsAtTheEnd = 5000;

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private DeskTelemetry(IConfiguration settings)
    {
        _metrics = Sdk.CreateMeterProviderBuilder().ConfigureServices(Configured).AddMeter(MarketoTelemetry.Name).AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder().ConfigureServices(Configured).AddSource(MarketoTelemetry.Name).AddOtlpExporter().Build();

        void Configured(IServiceCollection services) => services.AddSingleton(settings);
    }

    /// <summary>Begins, where the settings name an endpoint; else null.</summary>
    public static DeskTelemetry? Begin(IConfiguration settings) => string.IsNullOrWhiteSpace(settings[EndpointSetting]) ? null : new DeskTelemetry(settings);

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics.ForceFlush(MostMillisecondsAtTheEnd);
        _traces.ForceFlush(MostMillisecondsAtTheEnd);
        _metrics.Dispose();
        _traces.Dispose();
    }
}
