using MarketoLambda.Sync.Rejects;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>The stories that are swept: small calls, so that a few hundred rows make many of them.</summary>
internal static class Stories
{
    /// <summary>
    /// Two runs with checkpoints between, three calls in flight, rejects of every kind, keys that come again within and across calls.
    /// </summary>
    public static Story Full { get; } = new(World, [new(Rows(1, 150)), new(Rows(151, 70))]);

    /// <summary>The same in small.</summary>
    public static Story Short { get; } = new(World, [new(Rows(1, 45)), new(Rows(46, 8))]);

    /// <summary>
    /// In an instance that stays warm until it dies, with an admin who sends the job back to its beginning between two runs.
    /// </summary>
    public static Story WarmAndReset { get; } =
        new(
            () =>
                new SimulatedWorld(["product_c"], options => options.LatencyOf = Latency)
                {
                    KeepsWarm = true,
                    Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (3, 12),
                },
            [new(Rows(1, 45)), new(Rows(46, 8), IsReset: true), new([]), new(Rows(54, 5))]);

    /// <summary>
    /// Rejects in Marketo: some wait for a person, some of those are replaced by newer versions meanwhile, and the person comes while
    /// anything may go wrong.
    /// </summary>
    public static Story Rejects { get; } = new(
        () => WorldWithRejects(network: null),
        [
            new(RowsOfPersons(1, 42)),
            new(RowsOfPersons(43, 16), After: TimeSpan.FromMinutes(20)),
            new([], After: TimeSpan.FromMinutes(20), BringsPerson: true),
            new(RowsOfPersons(59, 10)),
        ]);

    /// <summary>
    /// Several open versions of a key, of kinds that are corrected one after the other, and keys that differ in casing only; a person asks
    /// for a retry after each correction.
    /// </summary>
    public static Story Versions { get; } = new(
        () => WorldWithRejects(network: null),
        [
            new(RowsOfManyVersions(1, 48), Mends: [RowKind.Garbled]),
            new(RowsOfManyVersions(49, 16), Mends: [RowKind.Misspelt]),
            new([], After: TimeSpan.FromMinutes(20), BringsPerson: true),
            new(RowsOfManyVersions(65, 12)),
        ]);

    /// <summary>More open rejects than a call can ask for, and newer versions of some, before the person comes.</summary>
    public static Story Many { get; } =
        new(
            () => WorldWithRejects(network: null, recordsPerCall: 300),
            [
                new([.. Enumerable.Range(1, 330).Select(number => SimulatedJob.Row(number, $"alone-{number}", RowKind.RefusedByMarketo))]),
                new([
                    .. Enumerable
                        .Range(331, 90)
                        .Select(number =>
                            SimulatedJob.Row(number, $"alone-{number - 330}", number % 3 == 0 ? RowKind.RefusedByMarketo : RowKind.Good)),
                ]),
                new([], After: TimeSpan.FromMinutes(20), BringsPerson: true),
            ]);

    /// <summary>The same with a saboteur at the borders of every process.</summary>
    public static Story VersionsWith(Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler> network) =>
        Versions with
        {
            Build = () => WorldWithRejects(network),
        };

    /// <summary>The story of rejects with a saboteur at the borders of every process.</summary>
    public static Story RejectsWith(Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler> network) =>
        Rejects with
        {
            Build = () => WorldWithRejects(network),
        };

    private static SimulatedWorld WorldWithRejects(
        Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>? network,
        int recordsPerCall = 12
    ) =>
        new(["product_c"], options => options.LatencyOf = Latency)
        {
            KeepsRejectsInMarketo = true,
            KeepsWarm = true,
            Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (3, recordsPerCall),
            Saboteur = network,
        };

    /// <summary>The full story with a saboteur at the borders of every process.</summary>
    public static Story FullWith(
        Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>? network,
        Func<SimulatedWorld, IRejectSink, IRejectSink>? rejects) => Full with { Build = () => World(network, rejects) };

    /// <summary>The world of the full story.</summary>
    public static SimulatedWorld WorldOf(bool wallFreezesToo) => World(network: null, rejects: null, wallFreezesToo);

    private static SimulatedWorld World() => World(network: null, rejects: null);

    private static SimulatedWorld World(
        Func<SimulatedWorld, HttpMessageHandler, HttpMessageHandler>? network,
        Func<SimulatedWorld, IRejectSink, IRejectSink>? rejects,
        bool wallFreezesToo = false
    ) =>
        new(["product_c"], options => options.LatencyOf = Latency)
        {
            Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (3, 12),
            Saboteur = network,
            RejectSaboteur = rejects,
            WallFreezesToo = wallFreezesToo,
        };

    private static TimeSpan Latency(Emulator.Calls.CallKind kind, Random random) =>
        TimeSpan.FromSeconds(kind.Name == "sync" ? random.Next(15, 50) : 1);

    /// <summary>
    /// Records that wait for a person, or have a wrong value, and newer versions of some of them in later calls and runs.
    /// </summary>
    private static List<ListSource.ListRow> RowsOfPersons(int first, int count) =>
        [
            .. Enumerable
                .Range(first, count)
                .Select(number =>
                    (number % 14) switch
                    {
                        2 or 9 => SimulatedJob.Row(number, $"person-{number % 3}", RowKind.RefusedByMarketo),
                        4 => SimulatedJob.Row(number, $"typo-{number % 2}", RowKind.WrongType),
                        7 => SimulatedJob.Row(number, $"alone-{number}", RowKind.RefusedByMarketo),
                        11 => SimulatedJob.Row(number, "", RowKind.Unreadable),
                        12 => SimulatedJob.Row(number, $"{(number % 4 == 0 ? "Person" : "person")}-{number % 3}"),
                        13 => SimulatedJob.Row(number, $"typo-{number % 2}"),
                        _ => SimulatedJob.Row(number, $"k-{number % 20}"),
                    }
                ),
        ];

    /// <summary>
    /// Versions that wait for one correction, for another, or for a person, in every order, with good ones between; of each key some in
    /// another casing.
    /// </summary>
    private static List<ListSource.ListRow> RowsOfManyVersions(int first, int count) => [.. Enumerable.Range(first, count).Select(number =>
    {
        var key = $"{(number % 11 == 4 ? "Part" : "part")}-{number % 8}";
        return (number % 16) switch
        {
            0 or 9 or 12 => SimulatedJob.Row(number, key, RowKind.Misspelt),
            3 or 8 or 15 => SimulatedJob.Row(number, key, RowKind.Garbled),
            1 or 6 or 11 => SimulatedJob.Row(number, key, RowKind.RefusedByMarketo),
            14 => SimulatedJob.Row(number, key),
            _ => SimulatedJob.Row(number, $"k-{number % 20}"),
        };
    })];

    /// <summary>
    /// Neighbouring calls hold keys of their own, so that several are on their way at once, and now and then one in common.
    /// </summary>
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
            var row = SimulatedJob.Row(number, key, kind);
            rows.Add(number % 60 == 27 ? SimulatedJob.Noticed(number, row) : row);
        }

        return rows;
    }
}
