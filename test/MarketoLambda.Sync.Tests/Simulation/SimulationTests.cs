using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>The simulator itself: its dead stay dead, and its oracle says no.</summary>
public sealed class SimulationTests
{
    private readonly SimulatedWorld _world = new(["product_c"], options => options.Latency = TimeSpan.FromSeconds(10));

    public static TheoryData<int, KillMoment> Deaths =>
        [.. from step in Enumerable.Range(1, 9) from moment in Enum.GetValues<KillMoment>() select (step, moment)];

    [Theory]
    [MemberData(nameof(Deaths))]
    public void A_killed_process_does_nothing_any_more_however_long_one_waits(int step, KillMoment moment)
    {
        // Given
        AddRows(700);
        _world.Mishaps.At(step, Mishap.Killed(moment));

        // When
        var end = _world.Run(_world.Jobs[0]);
        var (steps, rejects) = (_world.Mishaps.Steps.Count, _world.Rejects.Count);
        _world.Time.Advance(TimeSpan.FromHours(2));

        // Then
        Assert.True(end.WasKilled);
        Assert.Equal((steps, rejects, 0), (_world.Mishaps.Steps.Count, _world.Rejects.Count, _world.Alerts.Count));
    }

    [Fact]
    public void A_call_that_was_in_flight_when_its_process_died_takes_effect_late()
    {
        // Given
        AddRows(10);
        _world.Mishaps.At(FirstWrite(), Mishap.Killed(KillMoment.InFlight));

        // When
        _world.Run(_world.Jobs[0]);
        var atDeath = _world.Marketo.Count("product_c");
        _world.Time.Advance(TimeSpan.FromMinutes(2));

        // Then
        Assert.Equal((0, 10), (atDeath, _world.Marketo.Count("product_c")));
    }

    [Fact]
    public void Rows_that_nobody_imported_are_lost()
    {
        AddRows(3);

        Assert.Contains(_world.Judge(), finding => finding.Contains("row 1 (key key-1) is lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_records_of_one_key_are_found()
    {
        // Given
        AddRows(1);
        _world.Settle(_world.Jobs[0]);
        Assert.Empty(_world.Judge());

        // When
        _world.Marketo.Seed("product_c", """{"sku":"key-1","amount":1}""");

        // Then
        Assert.Equal(["product_c: key key-1 has two records"], _world.Judge());
    }

    [Fact]
    public void A_run_that_ends_without_a_trace_is_found()
    {
        // Given
        AddRows(3);
        var end = _world.Run(_world.Jobs[0]);
        var job = _world.Jobs[0];
        Assert.Empty(end.Judge(_world.State(job), job.Truth));

        // When
        var untold = end with { Report = end.Report! with { RunNumber = 7 } };

        // Then
        Assert.Contains("without a trace", Assert.Single(untold.Judge(_world.State(job), job.Truth)), StringComparison.Ordinal);
    }

    /// <summary>Number of the step that sends the first records, learnt from a world in which all goes well.</summary>
    private static int FirstWrite()
    {
        SimulatedWorld world = new(["product_c"]);
        world.Jobs[0].Add("key-1");
        world.Run(world.Jobs[0]);
        return world.Mishaps.Steps.ToList().IndexOf(StepKind.Write) + 1;
    }

    private void AddRows(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            _world.Jobs[0].Add(number % 100 == 50 ? "" : $"key-{number}", number % 100 == 50 ? RowKind.Unreadable : RowKind.Good);
        }
    }
}
