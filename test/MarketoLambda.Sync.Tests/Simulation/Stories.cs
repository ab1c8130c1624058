using MarketoLambda.Sync.Rejects;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>The stories that are swept: small calls, so that a few hundred rows make many of them.</summary>
internal static class Stories
{
    /// <summary>Two runs with checkpoints between, three calls in flight, rejects of every kind, keys that come again within and across calls.</summary>
    public static Story Full { get; } = new(World, [new(Rows(1, 150)), new(Rows(151, 70))]);

    /// <summary>The same in small.</summary>
    public static Story Short { get; } = new(World, [new(Rows(1, 45)), new(Rows(46, 8))]);

    /// <summary>In an instance that stays warm until it dies, with an admin who sends the job back to its beginning between two runs.</summary>
    public static Story WarmAndReset { get; } = new(
        () => new SimulatedWorld(["product_c"], options => options.LatencyOf = Latency) { KeepsWarm = true, Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (3, 12) },
        [new(Rows(1, 45)), new(Rows(46, 8), IsReset: true), new([]), new(Rows(54, 5))]);

    /// <summary>The full story with a saboteur at the borders of every process.</summary>
    public static Story FullWith(Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>? network, Func<SimulatedWorld, IRejectSink, IRejectSink>? rejects) =>
        Full with { Build = () => World(network, rejects) };

    private static SimulatedWorld World() => World(null, null);

    private static SimulatedWorld World(Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>? network, Func<SimulatedWorld, IRejectSink, IRejectSink>? rejects) => new(
        ["product_c"],
        options => options.LatencyOf = Latency)
    {
        Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (3, 12),
        Saboteur = network,
        RejectSaboteur = rejects,
    };

    private static TimeSpan Latency(Emulator.Calls.CallKind kind, Random random) => TimeSpan.FromSeconds(kind.Name == "sync" ? random.Next(15, 50) : 1);

    /// <summary>Neighbouring calls hold keys of their own, so that several are on their way at once, and now and then one in common.</summary>
    private static List<ListSource.ListRow> Rows(int first, int count)
    {
        List<ListSource.ListRow> rows = [];
        for (var number = first; number < first + count; number++)
        {
            var group = number / 18 % 4;
            var (key, kind) = (number % 60) switch
            {
                5 => ("", RowKind.Unreadable),
                11 => ($"odd-{group}", RowKind.WrongType),
                20 or 44 => ($"k{group}-3", RowKind.RefusedByMarketo),
                21 or 45 => ($"k{group}-3", RowKind.Good),
                33 => ($"once-{number}", RowKind.RefusedByMarketo),
                36 or 58 => ("everywhere", RowKind.Good),
                50 => ($"K{group}-1", RowKind.Good),
                _ => ($"k{group}-{number % 13}", RowKind.Good),
            };
            rows.Add(SimulatedJob.Row(number, key, kind));
        }

        return rows;
    }
}
