using System.Diagnostics;
using MarketoLambda.Marketo.Telemetry;

namespace MarketoLambda.Sync.Batching;

/// <summary>A batch of a run as a trace shows it, with all calls it takes.</summary>
internal static class BatchActivity
{
    /// <summary>Null where nobody listens.</summary>
    public static Activity? Start(string job, int records)
    {
        var activity = MarketoTelemetry.Activities.StartActivity("batch");
        activity?.SetTag("job", job);
        activity?.SetTag("records", records);
        return activity;
    }
}
