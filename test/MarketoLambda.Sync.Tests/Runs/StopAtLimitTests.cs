using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.CustomObjects;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>Who asks a run to stop does not wait for Marketo's limit on calls.</summary>
public sealed class StopAtLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SyncScenario _scenario = new SyncScenario { KeepsRejectsInMarketo = true }.Initialized();

    [Theory]
    [InlineData(false, 4)]
    [InlineData(false, 11)]
    [InlineData(false, 23)]
    [InlineData(true, 7)]
    public void A_run_that_waits_for_the_limit_ends_within_two_seconds_of_the_request(bool comparesFirst, int seconds)
    {
        // Given: far more calls than 50 in 20 seconds, and a reject in every one
        _scenario.Job = _scenario.Job with
        {
            StopAbovePercentRejected = 100,
            Target = new CustomObjectTarget(SyncScenario.Product)
            {
                Mode = WriteMode.Default with { SkipsUnchanged = comparesFirst },
            },
        };
        for (var batch = 0; batch < 200; batch++)
        {
            _scenario.Source.Add(299).Add($"wrong-{batch}", "many");
        }

        _scenario.WithLatency(TimeSpan.FromMilliseconds(200));
        _scenario.Time.Advance(TimeSpan.FromMinutes(1));
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(seconds), _scenario.Time);
        var asked = _scenario.Time.Elapsed + TimeSpan.FromSeconds(seconds);

        // When
        var report = _scenario.RunOnce(stopRequested: stop.Token);

        // Then
        Assert.Equal(RunOutcome.Interrupted, report.Outcome);
        Assert.InRange(_scenario.Time.Elapsed - asked, TimeSpan.Zero, Patience);
        Assert.Equal("done", Assert.Single(_scenario.Marketo.Records("customObjectSyncRun_c"), row => row["kind"] == "import")["stage"]);

        // Then: nothing is lost, nothing is sent twice
        var next = _scenario.RunOnce();
        Assert.Equal(200L * 299, report.Accepted + next.Accepted);
        Assert.Equal(200L, report.Rejected + next.Rejected);
    }

    [Fact]
    public void The_few_calls_that_end_a_run_stay_within_the_limit_of_Marketo_itself()
    {
        // Given
        _scenario.Source.Add(60_000);
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(5), _scenario.Time);

        // When
        _scenario.RunOnce(stopRequested: stop.Token);

        // Then
        var calls = _scenario.Marketo.Calls.Newest;
        Assert.Contains(calls, call => call.Outcome == "ok");
        Assert.DoesNotContain(calls, call => call.Outcome == "606");
    }
}
