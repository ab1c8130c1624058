using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MarketoLambda.Marketo.Telemetry;

/// <summary>What a piece of work waited for, and how long. Calls that wait side by side count each for itself.</summary>
/// <remarks>It follows the flow of the work it was begun for. Only whoever really waits looks at a clock.</remarks>
public sealed class Waits
{
    private static readonly Histogram<double> Seconds = MarketoTelemetry.Meter.CreateHistogram<double>(
        "marketolambda.wait", "s", "Time waited for limits, for calls that may still run, and for the source");

    private static readonly AsyncLocal<Waits?> Current = new();

    private readonly long[] _ticks = new long[Enum.GetValues<WaitReason>().Length];

    /// <summary>Everything that this flow waits for from now on.</summary>
    public static Waits Begin() => Current.Value = new Waits();

    /// <summary>How long it was waited for that.</summary>
    public TimeSpan Spent(WaitReason reason) => new(Interlocked.Read(ref _ticks[(int)reason]));

    /// <summary>Waits, and notes how long it took.</summary>
    public static async Task WaitAsync(Task work, WaitReason reason, TimeProvider time)
    {
        var from = time.GetTimestamp();
        try
        {
            await work;
        }
        finally
        {
            Note(reason, time.GetElapsedTime(from));
        }
    }

    /// <inheritdoc cref="WaitAsync(Task, WaitReason, TimeProvider)"/>
    public static async Task<T> WaitAsync<T>(Task<T> work, WaitReason reason, TimeProvider time)
    {
        await WaitAsync((Task)work, reason, time);
        return await work;
    }

    private static void Note(WaitReason reason, TimeSpan waited)
    {
        if (Current.Value is { } waits)
        {
            Interlocked.Add(ref waits._ticks[(int)reason], waited.Ticks);
        }

        if (Seconds.Enabled)
        {
            Seconds.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("reason", Name(reason)));
        }
    }

    private static string Name(WaitReason reason) => reason switch
    {
        WaitReason.RateLimit => "rate_limit",
        WaitReason.InFlight => "in_flight",
        WaitReason.HoldOff => "hold_off",
        WaitReason.Source => "source",
        _ => throw new UnreachableException(),
    };
}

/// <summary>What can be waited for.</summary>
public enum WaitReason
{
    /// <summary>A place among the calls of 20 seconds.</summary>
    RateLimit,

    /// <summary>A place among the calls that may be under way at once.</summary>
    InFlight,

    /// <summary>The next try of a call, or the end of one that may still be executed.</summary>
    HoldOff,

    /// <summary>The source's next record.</summary>
    Source,
}
