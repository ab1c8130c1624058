using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>Promise P6: what an instance remembers changes the number of calls, never a result.</summary>
public sealed class WarmStartTests
{
    private readonly SyncScenario _scenario = new SyncScenario { Memory = new MemoryOfAnInstance() }.Initialized();

    [Fact]
    public void Warm_and_nothing_new_makes_no_call_at_all()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        var calls = _scenario.Marketo.Calls.Arrived;

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.NothingNew, 1L, "{\"rows\":10}"), (report.Outcome, report.RunNumber, report.Checkpoint!.Resume));
        Assert.Equal(calls, _scenario.Marketo.Calls.Arrived);
    }

    [Fact]
    public void A_cold_start_that_finds_nothing_new_and_nobody_at_work_warms_the_instance()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        _scenario.Memory = new MemoryOfAnInstance();
        _scenario.Run();
        var calls = _scenario.Marketo.Calls.Arrived;

        // When
        _scenario.Run();

        // Then
        Assert.Equal(calls, _scenario.Marketo.Calls.Arrived);
    }

    [Fact]
    public void After_an_hour_the_state_record_is_read_again()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        _scenario.Time.Advance(WarmState.Lifetime);
        var calls = _scenario.Marketo.Calls.Arrived;

        // When
        _scenario.Run();

        // Then
        Assert.True(_scenario.Marketo.Calls.Arrived > calls);
    }

    [Fact]
    public void A_warm_start_with_something_new_saves_the_reading_of_the_state()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        _scenario.Source.Add(10);
        var before = _scenario.Marketo.Calls.Arrived;

        // When
        _scenario.Run();
        var warm = _scenario.Marketo.Calls.Arrived - before;
        _scenario.Memory = new MemoryOfAnInstance();
        _scenario.Source.Add(10);
        _scenario.Run();
        var cold = _scenario.Marketo.Calls.Arrived - before - warm;

        // Then: the state itself, and the rows of the runs since
        Assert.Equal(2, cold - warm);
    }

    [Fact]
    public void An_instance_that_slept_while_another_worked_notices_before_it_sends_anything()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        var sleeping = _scenario.Memory;
        _scenario.Memory = new MemoryOfAnInstance();
        _scenario.Source.Add(10);
        _scenario.Run();
        _scenario.Source.Add(10);
        _scenario.Memory = sleeping;

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((3L, 10L), (report.RunNumber, report.Accepted));
        Assert.Equal(30, _scenario.Marketo.Journal.Count(write => write.Record.ObjectName == SyncScenario.Product));
    }

    [Fact]
    public void A_reset_is_seen_by_a_warm_instance_that_has_something_new()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        var warm = _scenario.Memory;
        _scenario.Memory = new MemoryOfAnInstance();
        _scenario.Use(async services =>
            Assert.IsType<EditResult<Checkpoint>.Done>(
                await services
                    .GetRequiredService<JobReset>()
                    .ResetAsync(
                        SyncScenario.Product,
                        null,
                        startsEpoch: true,
                        new RunDeadline(_scenario.Time, TimeSpan.FromMinutes(3), default),
                        default)));
        _scenario.Memory = warm;
        _scenario.Source.Add(1);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((3L, 11L, 11L), (report.RunNumber, report.Accepted, _scenario.State().TotalRecordsInEpoch));
    }

    [Theory]
    [InlineData(StateFields.ObjectApiName, 1)]
    [InlineData(RunFields.ObjectApiName, 2)]
    public void An_end_that_was_not_acknowledged_is_not_remembered(string objectName, int nth)
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Marketo.Faults.On(CallKind.Sync, Fault.Code("603"), nth, objectName: objectName);

        // When
        _scenario.Run(TimeSpan.FromMinutes(3));

        // Then
        Assert.Null(((IWarmStates)_scenario.Memory!).Find(SyncScenario.Product));
    }

    [Fact]
    public void Any_mixture_of_warm_and_cold_runs_ends_as_cold_runs_alone_do()
    {
        for (var seed = 1; seed <= (SimulationScale.IsFull ? 150 : 50); seed++)
        {
            // Given: the same rows at the same times
            var cold = Tell(seed, instances: 0);

            // Then
            Assert.True(cold == Tell(seed, instances: 1), $"seed {seed}: one warm instance ends otherwise than cold runs");
            Assert.True(cold == Tell(seed, instances: 3), $"seed {seed}: three instances in turn end otherwise than cold runs");
        }
    }

    /// <summary>Weeks of runs; returns everything Marketo holds in the end, but for times and for how often a run was counted.</summary>
    private static string Tell(int seed, int instances)
    {
        Random rows = new(seed);
        Random turns = new(seed);
        SimulatedWorld world = new(["product_c"]) { Settings = settings => settings.RecordsPerCall = 7 };
        var job = world.Jobs[0];
        var memories = Enumerable.Range(0, Math.Max(1, instances)).Select(_ => new MemoryOfAnInstance()).ToList();
        for (var run = 0; run < 12; run++)
        {
            for (var count = rows.Next(3) == 0 ? 0 : rows.Next(30); count > 0; count--)
            {
                job.Add($"k-{rows.Next(20)}", rows.Next(15) == 0 ? RowKind.WrongType : RowKind.Good);
            }

            if (rows.Next(6) == 0)
            {
                world.Reset(job);
                world.Time.Advance(WarmState.Lifetime);
            }

            var memory = instances == 0 ? new MemoryOfAnInstance() : memories[turns.Next(memories.Count)];
            world.Time.Run(() => world.RunAsync(job, default, memory));
            world.Time.Advance(TimeSpan.FromMinutes(rows.Next(1, 100)));
        }

        Assert.Empty(world.Judge());
        return string.Join(
            '\n',
            [
                world.State(job)["resumePosition"],
                world.State(job)["totalRecordsInEpoch"],
                world.State(job)["lastRunNumber"],
                .. world
                    .Marketo.Records("product_c")
                    .Select(record => $"{record.Key}={record[SimulatedJob.VersionField]}")
                    .Order(StringComparer.Ordinal),
            ]);
    }
}
