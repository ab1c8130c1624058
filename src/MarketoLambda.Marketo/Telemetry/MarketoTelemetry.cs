using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MarketoLambda.Marketo.Telemetry;

/// <summary>What the client and the engine measure, for whoever listens; while nobody does, it costs nothing worth mentioning.</summary>
public static class MarketoTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "MarketoLambda";

    /// <summary>The one meter of the product.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>The one source of activities: a run, its batches, their calls.</summary>
    public static ActivitySource Activities { get; } = new(Name);
}
