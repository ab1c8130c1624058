using System.Diagnostics;
using System.Diagnostics.Metrics;
using MarketoLambda.Marketo.Telemetry;

namespace MarketoLambda.Benchmarks;

/// <summary>The same import while somebody listens to every instrument and every activity.</summary>
internal static class ListenedProcess
{
    public static async Task<int> ImportAsync(Uri address, string folder)
    {
        using MeterListener meters = new() { InstrumentPublished = (instrument, listener) => Listen(instrument, listener) };
        meters.SetMeasurementEventCallback<long>((_, _, _, _) => { });
        meters.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        meters.Start();
        using ActivityListener activities = new()
        {
            ShouldListenTo = source => source.Name == MarketoTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(activities);
        return await ImportProcess.ImportAsync(address, BenchmarkFile.In(folder), new UnlimitedTime());
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == MarketoTelemetry.Name)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
