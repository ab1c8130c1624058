using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MarketoLambda.Marketo.Telemetry;

/// <summary>What calls to Marketo measure.</summary>
internal static class CallInstruments
{
    private static readonly Counter<long> Calls = MarketoTelemetry.Meter.CreateCounter<long>(
        "marketolambda.calls",
        "{call}",
        "Calls sent to Marketo, every try of each");

    private static readonly Gauge<long> Quota = MarketoTelemetry.Meter.CreateGauge<long>(
        "marketolambda.quota.used",
        "{call}",
        "Calls of the day that all integrations together have used");

    /// <summary>A call with all its tries; null where nobody listens.</summary>
    public static Activity? StartCall(string kind)
    {
        var activity = MarketoTelemetry.Activities.StartActivity("call", ActivityKind.Client);
        activity?.SetTag("kind", kind);
        return activity;
    }

    /// <summary>One try was answered, or given up.</summary>
    /// <param name="kind">Word for the kind of call.</param>
    /// <param name="errorType">Marketo's code, an HTTP status or a word for the lack of an answer; null where it succeeded.</param>
    public static void Tried(string kind, string? errorType)
    {
        if (!Calls.Enabled)
        {
            return;
        }

        if (errorType is null)
        {
            Calls.Add(1, new KeyValuePair<string, object?>("kind", kind));
        }
        else
        {
            Calls.Add(1, new("kind", kind), new("error.type", errorType));
        }
    }

    public static void Used(long calls)
    {
        if (Quota.Enabled)
        {
            Quota.Record(calls);
        }
    }
}
