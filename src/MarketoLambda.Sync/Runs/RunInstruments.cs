using System.Diagnostics.Metrics;
using MarketoLambda.Marketo.Telemetry;

namespace MarketoLambda.Sync.Runs;

/// <summary>What a run measures. Names and units follow OpenTelemetry's conventions.</summary>
internal static class RunInstruments
{
    private static readonly Counter<long> Notices = MarketoTelemetry.Meter.CreateCounter<long>(
        "marketolambda.notices", "{notice}", "Things a source noticed that a person should know");

    public static void Noticed(string job, string code) => Notices.Add(1, new("job", job), new("code", code));
}
