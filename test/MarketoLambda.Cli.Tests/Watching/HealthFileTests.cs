using System.Text.Json.Nodes;
using MarketoLambda.Cli.Watching;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Schedules;
using MarketoLambda.Testing;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Cli.Tests.Watching;

public sealed class HealthFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-health-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly WatchedJob _job = new(new SyncJob("car_c", new ListSource(), ["id"], []), JobSchedule.Parse("0 * * * *", TimeZoneInfo.Utc));

    private string Path => System.IO.Path.Combine(_folder.FullName, "health.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_is_written_anew_while_nothing_happens()
    {
        using HealthFile health = new(Path, new WatchedJobs([_job], () => null), _time);

        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("2026-11-23T12:10:00+00:00", (string?)Read()["at"]);
    }

    [Fact]
    public void It_says_what_runs_and_what_is_next()
    {
        using HealthFile health = new(Path, new WatchedJobs([_job], () => null), _time);
        _job.Plan(_time.GetUtcNow());

        health.Show(_job);

        Assert.Equal("car_c", (string?)Read()["running"]);
        Assert.Equal("2026-11-23T13:00:00+00:00", (string?)Read()["jobs"]![0]!["dueAt"]);
    }

    [Fact]
    public void It_grows_old_while_a_run_hangs()
    {
        using HealthFile health = new(Path, new WatchedJobs([_job], () => null), _time);
        health.Show(_job);

        for (var minute = 0; minute < 120; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("2026-11-23T12:20:00+00:00", (string?)Read()["at"]);
    }

    [Fact]
    public void It_is_gone_when_the_watch_has_ended()
    {
        new HealthFile(Path, new WatchedJobs([_job], () => null), _time).Dispose();

        Assert.Empty(_folder.EnumerateFiles());
    }

    private JsonNode Read() => JsonNode.Parse(File.ReadAllText(Path))!;
}
