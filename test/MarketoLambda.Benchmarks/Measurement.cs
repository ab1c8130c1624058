using System.Diagnostics;
using System.Globalization;

namespace MarketoLambda.Benchmarks;

/// <summary>What a process cost between two moments.</summary>
internal sealed class Measurement
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _processorTime = Process.GetCurrentProcess().TotalProcessorTime;

    public static Measurement Start() => new();

    /// <summary>A line that <see cref="Measured.Parse"/> reads.</summary>
    public string Stop(long records, TimeSpan virtualElapsed)
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{records} {Stopwatch.GetElapsedTime(_start).TotalSeconds:R} {(process.TotalProcessorTime - _processorTime).TotalSeconds:R} "
                + $"{process.PeakWorkingSet64} {virtualElapsed.TotalSeconds:R}"
        );
    }
}

/// <summary>What a process reported.</summary>
/// <param name="Records">Records moved.</param>
/// <param name="Seconds">Elapsed time by the wall clock.</param>
/// <param name="ProcessorSeconds">CPU time, all threads.</param>
/// <param name="PeakBytes">Most memory the process ever held, as the operating system counts it.</param>
/// <param name="VirtualSeconds">Elapsed time by the run's own clock.</param>
internal sealed record Measured(long Records, double Seconds, double ProcessorSeconds, long PeakBytes, double VirtualSeconds)
{
    public double RecordsPerSecond => Records / Seconds;

    public double ProcessorMicroseconds => ProcessorSeconds / Records * 1e6;

    public double PeakMegabytes => PeakBytes / 1e6;

    public static Measured Parse(string line)
    {
        var parts = line.Split(' ');
        return new Measured(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture),
            double.Parse(parts[2], CultureInfo.InvariantCulture),
            long.Parse(parts[3], CultureInfo.InvariantCulture),
            double.Parse(parts[4], CultureInfo.InvariantCulture));
    }
}
