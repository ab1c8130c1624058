using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>
/// Promises P1 to P4 and P8 for imports from Salesforce, by enumeration: every death at every step, and some of the faults and codes.
/// </summary>
/// <remarks>
/// Faults of Salesforce's network are the matter of <see cref="RefusalTests"/>, deaths at its calls that of <see cref="ImportTests"/>.
/// </remarks>
public sealed class SalesforceSweepTests(ITestOutputHelper output)
{
    private const int EveryNthAnswer = 197;

    [Fact]
    public void Whatever_goes_wrong_while_queries_are_read_nothing_is_lost_overtaken_or_kept_quiet() =>
        AssertHolds(Notice(bulkAbove: 1000));

    [Fact]
    public void Whatever_goes_wrong_while_bulk_jobs_are_read_nothing_is_lost_overtaken_or_kept_quiet() => AssertHolds(Notice(bulkAbove: 5));

    private void AssertHolds(Story story)
    {
        // Given
        var troubles = Sweep
            .AllTroubles(story.Steps())
            .Where(
                (trouble, index) =>
                    SimulationScale.IsFull
                    || index % EveryNthAnswer == 0
                    || (
                        trouble.Times == 1
                        && (trouble.Mishap.Error is null || (index % 3 == 0 && Mishaps.Transport.Contains(trouble.Mishap)))))
            .Select(trouble => new[] { trouble })
            .ToList();

        // When
        var result = Sweep.Run(story, troubles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Schedules > 200, result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

    private static Story Notice(int bulkAbove) =>
        new(
            () =>
                new SimulatedWorld(
                    ["product_c"],
                    options => options.LatencyOf = (kind, random) => TimeSpan.FromSeconds(kind.Name == "sync" ? random.Next(15, 50) : 1),
                    (apiName, time) => SalesforceJob.Create(apiName, time, bulkAbove))
                {
                    Settings = settings => (settings.CallsInFlight, settings.RecordsPerCall) = (3, 12),
                },
            [new(Rows(1, 40)), new(Rows(41, 9))]);

    /// <summary>Rejects of both kinds, and keys that come again in the second chapter.</summary>
    private static List<ListSource.ListRow> Rows(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => (number % 20) switch
        {
            11 => SimulatedJob.Row(number, $"odd-{number}", RowKind.WrongType),
            17 => SimulatedJob.Row(number, $"refused-{number}", RowKind.RefusedByMarketo),
            _ => SimulatedJob.Row(number, $"k-{number % 40}"),
        })];
}
