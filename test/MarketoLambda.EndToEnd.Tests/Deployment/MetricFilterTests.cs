using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Faults;
using MarketoLambda.Testing;
using YamlDotNet.RepresentationModel;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>The template's metric filters on the lines the application really writes.</summary>
public sealed class MetricFilterTests : IDisposable
{
    private readonly ServerlessScenario _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void A_run_that_imports_counts_once_as_success_and_with_its_records()
    {
        _app.Sync.Source.Add(700).AddUnreadable();
        _app.AskForProduct("3 o'clock").Deliver();

        Assert.Equal((1, 0, 0), Counted());
        Assert.Equal((1, 1), (Count("AcceptedRecords"), Count("RejectedRecords")));
    }

    [Fact]
    public void A_run_that_finds_nothing_new_is_a_success()
    {
        _app.AskForProduct("3 o'clock").Deliver();

        Assert.Equal((1, 0, 0), Counted());
        Assert.Equal(0, Count("AcceptedRecords"));
    }

    [Fact]
    public void A_failure_counts_as_one_recorded_or_not()
    {
        // Given
        _app.Sync.Source.Add(10);

        // When
        _app.Sync.Marketo.Faults.Always(CallKind.Sync, Fault.Code("603"), SyncScenario.Product);
        _app.AskForProduct("3 o'clock").Deliver();
        _app.Sync.Marketo.Faults.Unreachable = true;
        _app.AskForProduct("4 o'clock").Deliver();

        // Then
        Assert.Equal((0, 2, 0), Counted());
    }

    [Fact]
    public void The_days_quota_counts_as_quota_only()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.Sync.Marketo.Faults.Always(CallKind.Sync, Fault.Code("607"), SyncScenario.Product);

        // When
        _app.AskForProduct("3 o'clock").Deliver();

        // Then
        Assert.Equal((0, 0, 1), Counted());
    }

    [Fact]
    public void A_part_of_a_long_import_is_neither_success_nor_failure()
    {
        // Given
        _app.Sync.Marketo.Options.LatencyOf = (_, _) => TimeSpan.FromSeconds(20);
        _app.Sync.Source.Add(100_000);

        // When
        _app.AskForProduct("3 o'clock").Deliver();

        // Then
        Assert.Equal((0, 0, 0), Counted());
    }

    private (int Successful, int Failed, int Quota) Counted() =>
        (Count("SuccessfulRuns"), Count("FailedRuns"), Count("RunsStoppedByQuota"));

    private int Count(string filter)
    {
        var pattern = ((YamlScalarNode)Template.Read().Properties(filter)["FilterPattern"]).Value!;
        return _app.Log.Count(line => MetricFilter.Matches(pattern, line));
    }
}
