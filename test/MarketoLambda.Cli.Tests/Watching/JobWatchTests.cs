using MarketoLambda.Cli.Watching;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Schedules;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Cli.Tests.Watching;

/// <summary>Days of watching in milliseconds.</summary>
public sealed class JobWatchTests : IDisposable
{
    private readonly VirtualTime _time = new(new DateTimeOffset(2026, 11, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(string Job, TimeSpan At)> _runs = [];
    private readonly Dictionary<string, Func<Task<SyncReport>>> _next = [];

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void Jobs_run_when_they_are_due()
    {
        Watch(TimeSpan.FromHours(2.1), Job("hourly_c", "0 * * * *"), Job("half_c", "cron(30 * * * ? *)"));

        Assert.Equal(
            [("half_c", Minutes(30)), ("hourly_c", Minutes(60)), ("half_c", Minutes(90)), ("hourly_c", Minutes(120))],
            _runs);
    }

    [Fact]
    public void What_is_due_at_the_same_time_runs_one_after_the_other_in_the_order_of_the_file()
    {
        Takes("first_c", Minutes(3));

        Watch(TimeSpan.FromMinutes(64), Job("first_c", "0 * * * *"), Job("second_c", "0 * * * *"));

        Assert.Equal([("first_c", Minutes(60)), ("second_c", Minutes(63))], _runs);
    }

    [Fact]
    public void What_was_due_several_times_meanwhile_runs_once()
    {
        Takes("slow_c", Minutes(45));

        Watch(TimeSpan.FromMinutes(109), Job("slow_c", "0 * * * *"), Job("quick_c", "rate(10 minutes)"));

        Assert.Equal(
            [.. Enumerable.Range(1, 5).Select(ten => ("quick_c", Minutes(10 * ten))), ("slow_c", Minutes(60)), ("quick_c", Minutes(105))],
            _runs);
    }

    [Fact]
    public void A_long_import_goes_on_behind_what_is_due_meanwhile()
    {
        _next["long_c"] = async () =>
        {
            await Task.Delay(Minutes(15), _time);
            return Report("long_c", _runs.Count(run => run.Job == "long_c") < 3 ? RunOutcome.Continued : RunOutcome.Succeeded);
        };

        Watch(TimeSpan.FromMinutes(119), Job("long_c", "0 * * * *"), Job("quick_c", "10 * * * *"));

        Assert.Equal(
            [
                ("quick_c", Minutes(10)), ("long_c", Minutes(60)), ("long_c", Minutes(75)), ("quick_c", Minutes(90)), ("long_c", Minutes(90)),
            ],
            _runs.OrderBy(run => run.At).ThenByDescending(run => run.Job));
    }

    [Fact]
    public void A_run_that_fails_ends_neither_the_watch_nor_the_other_jobs()
    {
        _next["broken_c"] = () => throw new InvalidOperationException("no");

        Watch(TimeSpan.FromMinutes(121), Job("broken_c", "0 * * * *"), Job("good_c", "0 * * * *"));

        Assert.Equal(["broken_c", "good_c", "broken_c", "good_c"], _runs.Select(run => run.Job));
    }

    [Fact]
    public void A_run_that_meets_another_comes_again_when_that_one_must_be_over()
    {
        _next["busy_c"] = () => Task.FromResult(
            Report("busy_c", _runs.Count == 1 ? RunOutcome.Busy : RunOutcome.NothingNew) with { BusyUntil = _time.GetUtcNow() + Minutes(16) });

        Watch(TimeSpan.FromHours(20), Job("busy_c", "0 13 * * *"));

        Assert.Equal([Minutes(60), Minutes(76) + TimeSpan.FromSeconds(1)], _runs.Select(run => run.At));
    }

    [Fact]
    public void A_stop_ends_the_wait_at_once()
    {
        Watch(TimeSpan.FromMinutes(5), Job("daily_c", "0 3 * * *"));

        Assert.Equal(Minutes(5), _time.Elapsed);
        Assert.Empty(_runs);
    }

    [Fact]
    public void A_stop_waits_for_the_run_that_is_on_its_way()
    {
        Takes("slow_c", Minutes(10));

        Watch(TimeSpan.FromMinutes(65), Job("slow_c", "0 * * * *"));

        Assert.Equal(Minutes(70), _time.Elapsed);
    }

    [Fact]
    public void A_schedule_that_is_over_waits_for_the_end()
    {
        Watch(TimeSpan.FromHours(5), Job("past_c", "cron(0 8 1 * ? 2020)"));

        Assert.Empty(_runs);
    }

    [Fact]
    public void A_changed_job_file_counts_without_a_restart()
    {
        // Given: after half an hour one job is gone and one is new
        var isRead = false;
        WatchedJobs jobs = new([Job("old_c", "0 * * * *"), Job("same_c", "0 * * * *")], () =>
        {
            if (isRead || _time.Elapsed < Minutes(90))
            {
                return null;
            }

            isRead = true;
            return [Job("same_c", "0 * * * *"), Job("new_c", "45 * * * *")];
        });

        // When
        Watch(TimeSpan.FromMinutes(121), jobs);

        // Then
        Assert.Equal(
            [("old_c", Minutes(60)), ("same_c", Minutes(60)), ("new_c", Minutes(105)), ("same_c", Minutes(120))],
            _runs);
        Assert.NotNull(jobs.Find("same_c")?.LastReport);
    }

    [Fact]
    public void The_engine_imports_what_is_new_at_each_hour()
    {
        // Given: a row before the watch, and one ten minutes after its first run
        var scenario = new SyncScenario().Initialized();
        scenario.Source.Add("a", "1");
        using var later = scenario.Time.CreateTimer(
            _ => scenario.Source.Add("b", "1"), null, Minutes(70), Timeout.InfiniteTimeSpan);
        List<int> landed = [];
        using var looks = scenario.Time.CreateTimer(
            _ => landed.Add(scenario.Marketo.Count(SyncScenario.Product)), null, Minutes(65), Minutes(30));
        using var stopping = scenario.Time.CreateTimer(_ => _stop.Cancel(), null, Minutes(130), Timeout.InfiniteTimeSpan);

        // When
        scenario.Use(services => new JobWatch(
            new WatchedJobs([new WatchedJob(scenario.Job, JobSchedule.Parse("0 * * * *", TimeZoneInfo.Utc))], () => null),
            scenario.Time,
            new Silent(),
            job => services.GetRequiredService<SyncEngine>().RunAsync(
                job,
                new RunDeadline(scenario.Time, RunSeries.Length, _stop.Token),
                progress: null,
                CancellationToken.None)).RunAsync(_stop.Token));

        // Then
        Assert.Equal([1, 1, 2], landed);
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private static WatchedJob Job(string name, string schedule) =>
        new(new SyncJob(name, new ListSource(), ["id"], []), JobSchedule.Parse(schedule, TimeZoneInfo.Utc));

    private void Takes(string job, TimeSpan duration) => _next[job] = async () =>
    {
        await Task.Delay(duration, _time);
        return Report(job, RunOutcome.Succeeded);
    };

    private SyncReport Report(string job, RunOutcome outcome) => new()
    {
        Job = job,
        RunNumber = 1,
        Outcome = outcome,
        StartedAt = _time.GetUtcNow(),
        Elapsed = TimeSpan.Zero,
        Accepted = outcome == RunOutcome.NothingNew ? 0 : 1,
        Rejected = 0,
        Skipped = 0,
        Repeated = 0,
        Superseded = 0,
        Unrecorded = 0,
        Checkpoint = null,
        Notices = [],
    };

    private void Watch(TimeSpan duration, params WatchedJob[] jobs) => Watch(duration, new WatchedJobs(jobs, () => null));

    private void Watch(TimeSpan duration, WatchedJobs jobs)
    {
        JobWatch watch = new(jobs, _time, new Silent(), job =>
        {
            _runs.Add((job.Name, _time.Elapsed));
            return _next.TryGetValue(job.Name, out var run) ? run() : Task.FromResult(Report(job.Name, RunOutcome.NothingNew));
        });
        using var stopping = _time.CreateTimer(_ => _stop.Cancel(), null, duration, Timeout.InfiniteTimeSpan);
        _time.Run(() => watch.RunAsync(_stop.Token));
    }

    private sealed class Silent : IWatchEvents
    {
        public void Planned()
        {
        }

        public void Changed(IReadOnlyList<WatchedJob> jobs)
        {
        }

        public void Began(WatchedJob job)
        {
        }

        public void Ended(WatchedJob job)
        {
        }

        public void Failed(WatchedJob job, Exception failure)
        {
        }
    }
}
