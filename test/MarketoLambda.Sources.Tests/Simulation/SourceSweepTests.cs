using MarketoLambda.Sources.Tests.Support;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Simulation;

/// <summary>
/// Promises P1 to P4 and P8 for whole imports from real sources, by enumeration: every death and every fault of the network at every step,
/// and some of the many codes.
/// </summary>
/// <remarks>
/// Faults come once, and until mended; what happens when they come twice, the engine's own sweep tries. <c>MARKETOLAMBDA_SWEEP=full</c>
/// leaves nothing out.
/// </remarks>
[Collection(TestsThatRunAlone.Name)]
public sealed class SourceSweepTests(ITestOutputHelper output)
{
    private const int EveryNthAnswer = 97;

    private static readonly Story FromTable = Tell(TableJob.Create, isFile: false, keepsWarm: false);
    private static readonly Story FromTableWarm = Tell(TableJob.Create, isFile: false, keepsWarm: true);
    private static readonly Story FromReplica = Tell(TableJob.CreateReplica, isFile: false, keepsWarm: false);
    private static readonly Story FromFiles = Tell(FileJob.CreateCsv, isFile: true, keepsWarm: false);
    private static readonly Story FromWorkbooks = Tell(FileJob.CreateExcel, isFile: true, keepsWarm: false);
    private static readonly Story FromJsonLines = Tell(FileJob.CreateJsonLines, isFile: true, keepsWarm: false);

    [Fact]
    public void Whatever_goes_wrong_while_a_table_is_read_in_passes_nothing_is_lost_overtaken_or_kept_quiet() =>
        AssertHolds(FromTable, every: 2);

    [Fact]
    public void Whatever_goes_wrong_around_a_reset_of_a_table_in_an_instance_that_remembers_nothing_is_lost() =>
        AssertHolds(
            FromTableWarm with
            {
                Chapters = [FromTableWarm.Chapters[0], FromTableWarm.Chapters[1] with { IsReset = true }],
            },
            every: 3);

    [Fact]
    public void Whatever_goes_wrong_while_a_replica_that_lags_is_read_nothing_is_lost_overtaken_or_kept_quiet() =>
        AssertHolds(FromReplica, every: 5);

    [Fact]
    public void Replica_that_is_taken_for_a_primary_is_found() =>
        Assert.Contains(
            Tell(TableJob.CreateHiddenReplica, isFile: false, keepsWarm: false).Tell(),
            finding => finding.Contains("is lost", StringComparison.Ordinal));

    [Fact]
    public void Whatever_goes_wrong_while_files_are_read_nothing_is_lost_overtaken_doubled_or_kept_quiet() =>
        AssertHolds(FromFiles, every: 2);

    [Fact]
    public void Whatever_goes_wrong_while_workbooks_are_read_nothing_is_lost_overtaken_doubled_or_kept_quiet() =>
        AssertHolds(FromWorkbooks, every: 5);

    [Fact]
    public void Whatever_goes_wrong_while_json_lines_are_read_nothing_is_lost_overtaken_doubled_or_kept_quiet() =>
        AssertHolds(FromJsonLines, every: 5);

    private void AssertHolds(Story story, int every)
    {
        // Given
        var troubles = Sweep
            .AllTroubles(story.Steps())
            .Where(
                (trouble, index) =>
                    SimulationScale.IsFull
                    || index % EveryNthAnswer == 0
                    || (trouble.Times is 1 or MishapPlan.UntilMended && IsKillOrFault(trouble.Mishap) && index % every == 0))
            .Select(trouble => new[] { trouble })
            .ToList();

        // When
        var result = Sweep.Run(story, troubles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Schedules > 300, result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

    private static bool IsKillOrFault(Mishap mishap) => mishap.Error is null || Mishaps.Transport.Contains(mishap);

    private static Story Tell(Func<string, VirtualTime, SimulatedJob> job, bool isFile, bool keepsWarm) =>
        new(
            () =>
                new SimulatedWorld(
                    ["product_c"],
                    options => options.LatencyOf = (kind, random) => TimeSpan.FromSeconds(kind.Name == "sync" ? random.Next(15, 50) : 1),
                    job)
                {
                    KeepsWarm = keepsWarm,
                    Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (3, 12),
                },
            [new(Rows(1, 40, isFile)), new(Rows(41, 9, isFile))]);

    /// <summary>Rejects of every kind, and keys that come again: in a file many times, in a table from one chapter to the next.</summary>
    private static List<ListSource.ListRow> Rows(int first, int count, bool isFile) =>
        [.. Enumerable.Range(first, count).Select(number => (number % 20) switch
        {
            7 when isFile => SimulatedJob.Row(number, "", RowKind.Unreadable),
            11 => SimulatedJob.Row(number, $"odd-{number}", RowKind.WrongType),
            17 => SimulatedJob.Row(number, $"refused-{number}", RowKind.RefusedByMarketo),
            _ => SimulatedJob.Row(number, isFile ? $"k{number / 12 % 3}-{number % 13}" : $"k-{number % 40}"),
        })];
}
