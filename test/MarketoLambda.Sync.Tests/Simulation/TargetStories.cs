using MarketoLambda.Sync.Targets.Leads;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>The stories that are swept for targets other than custom objects: small calls, rejects in Marketo.</summary>
internal static class TargetStories
{
    private const string Job = "people_c";

    /// <summary>
    /// Leads that are read before they are written; some have the address of several people. All come again after a reset, most of them
    /// unchanged.
    /// </summary>
    public static Story Leads(SeveralMatches onSeveral) =>
        new(
            () => World(SimulatedTargets.Leads(Job, onSeveral, skipsUnchanged: true, ignoresCase: onSeveral == SeveralMatches.Oldest)),
            [new(Rows(1, 30)), new(Rows(31, 8), IsReset: true), new([]), new(Rows(39, 4))]);

    /// <summary>Members of a program, two calls a record; some wait for a person, who comes while anything may go wrong.</summary>
    public static Story Members { get; } =
        new(
            () => World(SimulatedTargets.Members(Job, 0, new Random(0))),
            [new(Rows(1, 30)), new(Rows(31, 8), After: TimeSpan.FromMinutes(20), BringsPerson: true), new(Rows(39, 4))]);

    /// <summary>Members of a static list, the same way.</summary>
    public static Story List { get; } =
        Members with
        {
            Build = () => World(SimulatedTargets.List(Job, 0, new Random(0))),
        };

    /// <summary>Custom activities, the same way: each is noted, sent and marked.</summary>
    public static Story Activities(bool sendOnce) =>
        Members with
        {
            Build = () => World(SimulatedTargets.Activities(Job, 0, sendOnce)),
        };

    private static SimulatedWorld World(SimulatedTarget target) =>
        new([Job], options => options.LatencyOf = Latency, (name, _) => new SimulatedJob(name, target))
        {
            KeepsRejectsInMarketo = true,
            KeepsWarm = true,
            Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (3, 12),
        };

    private static TimeSpan Latency(Emulator.Calls.CallKind kind, Random random) =>
        TimeSpan.FromSeconds(kind.Name.StartsWith("sync", StringComparison.Ordinal) ? random.Next(5, SimulatedTargets.MaxLatency) : 1);

    /// <summary>Keys that come again within and across calls, in two casings, and rejects of every kind.</summary>
    private static List<ListSource.ListRow> Rows(int first, int count) =>
        [
            .. Enumerable.Range(first, count).Select(number => (number % 20) switch
            {
                4 or 13 => SimulatedJob.Row(number, $"alone-{number % 3}", RowKind.RefusedByMarketo),
                7 => SimulatedJob.Row(number, $"typo-{number % 2}", RowKind.WrongType),
                11 => SimulatedJob.Row(number, "", RowKind.Unreadable),
                16 => SimulatedJob.Row(number, $"K-{number % 9}"),
                18 => SimulatedJob.Row(number, $"typo-{number % 2}"),
                _ => SimulatedJob.Row(number, $"k-{number % 17}"),
            }),
        ];
}
