using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>A computer that slept while its run was at work does not write when it wakes: its claim may have ended.</summary>
public sealed class SleepTests
{
    private readonly SyncScenario _scenario = new SyncScenario().Initialized();

    [Fact]
    public void After_a_nap_longer_than_its_claim_not_one_write_leaves_and_what_another_run_did_stays()
    {
        // Given: of 3,000 rows some are on their way when the lid is closed
        _scenario.Source.Add(3000, "1");
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);
        HostClock clock = new(_scenario.Time);
        using var timer = _scenario.Time.CreateTimer(
            _ => clock.Sleep(TimeSpan.FromHours(2)),
            null,
            TimeSpan.FromSeconds(65),
            Timeout.InfiniteTimeSpan);
        ProcessLife life = new() { Clock = clock };

        // When
        LeaseLostException? lost = null;
        long runOfOther = 0;
        using var sleeper = TestHost.Build(
            clock,
            () => new Asleep(life, _scenario.Marketo.CreateHandler()),
            _scenario.Rejects,
            _scenario.Alerts);
        _scenario.Time.Run(async () =>
        {
            var sleeping = sleeper
                .GetRequiredService<SyncEngine>()
                .RunAsync(
                    _scenario.Job,
                    new RunDeadline(clock, TimeSpan.FromMinutes(15), CancellationToken.None),
                    null,
                    CancellationToken.None);
            await Task.Delay(TimeSpan.FromHours(1), _scenario.Time);
            _scenario.Source.Add(_scenario.Source.Rows.Select(row => row with { Value = "2" }).ToList());
            using var other = _scenario.Host();
            runOfOther = (
                await other
                    .GetRequiredService<SyncEngine>()
                    .RunAsync(
                        _scenario.Job,
                        new RunDeadline(_scenario.Time, limit: null, CancellationToken.None),
                        progress: null,
                        CancellationToken.None)
            ).RunNumber;
            lost = await Assert.ThrowsAsync<LeaseLostException>(() => sleeping);
        });

        // Then
        Assert.Contains("This computer slept for 7,2", lost!.Message, StringComparison.Ordinal);
        Assert.All(_scenario.Marketo.Records(SyncScenario.Product), record => Assert.Equal("2", record["amount"]));
        var state = _scenario.State();
        Assert.Equal((runOfOther, "Succeeded"), (state.LastRun!.Number, state.LastRun.Outcome));
    }

    [Theory]
    [InlineData(600)]
    [InlineData(-600)]
    public void A_clock_that_was_set_while_the_run_was_at_work_ends_it_without_another_write(int seconds)
    {
        // Given
        SetClock clock = new(_scenario.Time);
        _scenario.Source.Add(3000);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);
        using var timer = _scenario.Time.CreateTimer(
            _ => clock.Offset = TimeSpan.FromSeconds(seconds),
            null,
            TimeSpan.FromSeconds(65),
            Timeout.InfiniteTimeSpan);
        using var host = TestHost.Build(clock, _scenario.Marketo.CreateHandler, _scenario.Rejects, _scenario.Alerts);

        // When
        _scenario.Time.Run(async () =>
            await Assert.ThrowsAsync<LeaseLostException>(() =>
                host.GetRequiredService<SyncEngine>()
                    .RunAsync(
                        _scenario.Job,
                        new RunDeadline(clock, limit: null, CancellationToken.None),
                        progress: null,
                        CancellationToken.None)));

        // Then
        var writes = _scenario.Marketo.Journal.Where(write => write.CallNumber > 0).Max(write => write.Record.UpdatedAt);
        Assert.InRange(writes - new VirtualTime().GetUtcNow(), TimeSpan.Zero, TimeSpan.FromSeconds(76));
        Assert.Empty(_scenario.Alerts.Sent);
    }

    [Fact]
    public void A_nap_of_seconds_is_no_reason_to_stop()
    {
        // Given
        _scenario.Source.Add(3000);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);
        HostClock clock = new(_scenario.Time);
        using var timer = _scenario.Time.CreateTimer(
            _ => clock.Sleep(TimeSpan.FromSeconds(5)),
            null,
            TimeSpan.FromSeconds(65),
            Timeout.InfiniteTimeSpan);
        using var host = TestHost.Build(
            clock,
            () => new Asleep(new ProcessLife { Clock = clock }, _scenario.Marketo.CreateHandler()),
            _scenario.Rejects,
            _scenario.Alerts);

        // When
        SyncReport? report = null;
        _scenario.Time.Run(async () =>
            report = await host.GetRequiredService<SyncEngine>()
                .RunAsync(
                    _scenario.Job,
                    new RunDeadline(clock, limit: null, CancellationToken.None),
                    progress: null,
                    CancellationToken.None));

        // Then
        Assert.Equal((RunOutcome.Succeeded, 3000L), (report!.Outcome, report.Accepted));
    }

    [Fact]
    public void A_reset_does_not_write_after_a_nap_either()
    {
        // Given
        _scenario.Source.Add(10);
        _scenario.Run();
        HostClock clock = new(_scenario.Time);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);
        using var timer = _scenario.Time.CreateTimer(
            _ => clock.Sleep(TimeSpan.FromHours(1)),
            null,
            TimeSpan.FromSeconds(65),
            Timeout.InfiniteTimeSpan);
        using var host = TestHost.Build(
            clock,
            () => new Asleep(new ProcessLife { Clock = clock }, _scenario.Marketo.CreateHandler()),
            _scenario.Rejects,
            _scenario.Alerts);

        // When
        _scenario.Time.Run(async () =>
            await Assert.ThrowsAsync<LeaseLostException>(() =>
                host.GetRequiredService<JobReset>()
                    .ResetAsync(
                        SyncScenario.Product,
                        null,
                        false,
                        new RunDeadline(clock, TimeSpan.FromMinutes(10), CancellationToken.None),
                        CancellationToken.None)));

        // Then
        Assert.Equal("{\"rows\":10}", _scenario.State().Checkpoint.Resume);
    }

    [Fact]
    public void Files_are_not_marked_as_finished_after_a_nap_either()
    {
        // Given
        HostClock clock = new(_scenario.Time);
        _scenario.Marketo.Options.Latency = TimeSpan.FromSeconds(10);
        using var timer = _scenario.Time.CreateTimer(
            _ => clock.Sleep(TimeSpan.FromHours(1)),
            null,
            TimeSpan.FromSeconds(65),
            Timeout.InfiniteTimeSpan);
        using var host = TestHost.Build(
            clock,
            () => new Asleep(new ProcessLife { Clock = clock }, _scenario.Marketo.CreateHandler()),
            _scenario.Rejects,
            _scenario.Alerts);
        SyncJob job = new(SyncScenario.Product, new ForgetfulFiles(), ["sku"], [new FieldMapping("sku", "Key")]);

        // When
        _scenario.Time.Run(async () =>
            await Assert.ThrowsAsync<LeaseLostException>(() =>
                host.GetRequiredService<JobForget>()
                    .ForgetAsync(
                        job,
                        "z.csv",
                        new RunDeadline(clock, TimeSpan.FromMinutes(10), CancellationToken.None),
                        CancellationToken.None)));

        // Then
        Assert.Null(_scenario.State().Checkpoint.LastFileName);
    }

    private sealed class ForgetfulFiles : IFileSource
    {
        public string Description => "files";

        public SourceConventions Conventions => SourceConventions.Invariant;

        public Task<ForgottenFiles> ForgetAsync(ReadRequest request, string before, CancellationToken cancellationToken) =>
            Task.FromResult(new ForgottenFiles(new Checkpoint { LastFileName = "y.csv" }, 1, 0));

        public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>A sleeping computer hears no answers.</summary>
    private sealed class Asleep(ProcessLife life, HttpMessageHandler marketo) : DelegatingHandler(marketo)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            life.HearAsync(base.SendAsync(request, cancellationToken));
    }

    private sealed class SetClock(VirtualTime world) : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override long TimestampFrequency => world.TimestampFrequency;

        public override long GetTimestamp() => world.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + Offset;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            world.CreateTimer(callback, state, dueTime, period);
    }
}
