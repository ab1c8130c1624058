using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>What the sweeps try.</summary>
internal static class SweepSchedules
{
    /// <summary>A plain run of the tests takes every seventeenth of the many error codes and statuses.</summary>
    public const int EveryNthAnswer = 17;

    public static IReadOnlyList<Trouble[]> Singles { get; } =
    [
        .. Thinned(Sweep.AllTroubles(Stories.Full.Steps())).Select(trouble => new[] { trouble }),
    ];

    public static IReadOnlyList<Trouble[]> Pairs { get; } =
    [
        .. Sweep.PairsOfKills(Stories.Short.Steps().Count).Where((pair, index) => SimulationScale.IsFull || index % 2 == 0),
    ];

    private static IEnumerable<Trouble> Thinned(IEnumerable<Trouble> troubles) =>
        troubles.Where(
            (trouble, index) =>
                SimulationScale.IsFull
                || (trouble.Times != 2 && (trouble.Mishap.Error is null || Mishaps.Transport.Contains(trouble.Mishap)))
                || index % EveryNthAnswer == 0);
}
