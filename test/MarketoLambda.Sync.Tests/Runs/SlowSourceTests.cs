using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>Sources that take longer than a run has.</summary>
public sealed class SlowSourceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public void A_source_that_hands_out_nothing_in_time_is_what_the_state_record_names_and_nobody_is_alerted()
    {
        // Given
        SlowSource source = new();
        SyncScenario scenario = new(source);
        scenario.Initialized();
        source.WaitAsync = token => Task.Delay(TimeSpan.FromHours(1), scenario.Time, CancellationToken.None).WaitAsync(token);
        var begin = scenario.Time.GetUtcNow();
        // When
        var report = scenario.RunOnce(Limit);
        // Then
        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.StartsWith(
            "a slow source: reading took all the time of this run, and there was no first record yet. Give the run more time",
            report.Error,
            StringComparison.Ordinal);
        Assert.Equal(report.Error, scenario.State().LastRun?.Error);
        Assert.Empty(scenario.Alerts.Sent);
        Assert.InRange(scenario.Time.GetUtcNow() - begin, TimeSpan.Zero, Limit);
    }

    [Fact]
    public void A_source_that_cannot_be_stopped_is_not_told_as_a_silence_of_Marketo()
    {
        // Given
        SlowSource source = new();
        SyncScenario scenario = new(source);
        scenario.Initialized();
        source.WaitAsync = _ =>
        {
            scenario.Time.Advance(Limit * 2);
            return Task.CompletedTask;
        };
        // When
        var report = scenario.RunOnce(Limit);
        // Then
        Assert.All(
            scenario.Alerts.Sent.Select(alert => alert.Text).Append(report.Error ?? ""),
            text => Assert.DoesNotContain("Marketo did not answer", text, StringComparison.Ordinal));
        Assert.NotEqual(RunOutcome.Succeeded, report.Outcome);
    }

    private sealed class SlowSource : ISource, ISourceReader
    {
        public Func<CancellationToken, Task> WaitAsync { get; set; } = _ => Task.CompletedTask;

        public string Description => "a slow source";

        public SourceConventions Conventions => SourceConventions.Invariant;

        public Checkpoint Position => Checkpoint.Start;

        public SourceProgress Progress => default;

        public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<ISourceReader>(this);

        public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
        {
            await WaitAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return new SourceRecord(new SourceLocation("list", 1), ["a", "1"]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
