using MarketoLambda.Marketo.Errors;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>Promises P1 to P4 and P8, by enumeration: whatever goes wrong, at whichever step of an import.</summary>
/// <remarks>
/// A plain <c>dotnet test</c> takes every death, every second pair of deaths, every fault of the network (once, at every try, and until
/// mended), and every seventeenth of the many error codes and statuses (each of them still comes at several steps); with
/// <c>MARKETOLAMBDA_SWEEP=full</c> nothing is left out.
/// </remarks>
public sealed class SweepTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_goes_wrong_at_whichever_step_nothing_is_lost_overtaken_doubled_or_kept_quiet()
    {
        // When
        var result = Sweep.Run(Stories.Full, SweepSchedules.Singles);

        // Then
        output.WriteLine(result.ToString());
        Assert.True(result.Failures.Count == 0, result.ToString());
    }

    [Fact]
    public void More_than_ten_thousand_schedules_are_tried() =>
        Assert.InRange(SweepSchedules.Singles.Count + SweepSchedules.Pairs.Count, 10_001, int.MaxValue);

    [Fact]
    public void Every_row_of_the_error_table_is_tried_and_only_deaths_naps_and_full_disks_have_none()
    {
        // When
        var tried = SweepSchedules.Singles.SelectMany(troubles => troubles).Select(trouble => trouble.Mishap).ToHashSet();

        // Then
        Assert.NotEmpty(MarketoErrorCatalog.All);
        Assert.Equal(
            MarketoErrorCatalog.All.Select(error => error.Code).Order(StringComparer.Ordinal),
            tried.Select(mishap => mishap.Error?.Code).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            tried.Where(mishap => mishap.Error is null),
            mishap => Assert.True(mishap.Kill is not null || mishap.Sleep is not null || mishap.StoreFailsAfterwards is not null));
    }

    [Fact]
    public void Every_mishap_there_is_is_tried() =>
        Assert.Empty(
            Enum.GetValues<StepKind>()
                .Except([StepKind.Alert])
                .SelectMany(Mishaps.At)
                .Except(SweepSchedules.Singles.Select(troubles => troubles[0].Mishap)));
}
