using System.Text.Json;
using MarketoLambda.Cli.Output;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Watching;

/// <summary>
/// A small file that is written anew twice a minute as long as the watch is alive, for whatever restarts it. It is not written while a run
/// takes longer than a run may, and gone when the watch has ended.
/// </summary>
internal sealed class HealthFile : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>A run ends by itself before.</summary>
    private static readonly TimeSpan MaxRun = RunSeries.Length + TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly WatchedJobs _jobs;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private HealthReport _report;
    private DateTimeOffset _runningSince;
    private bool _isWarned;
    private bool _isOver;

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public HealthFile(string path, WatchedJobs jobs, TimeProvider time)
    {
        (_path, _jobs, _time, _runningSince) = (path, jobs, time, time.GetUtcNow());
        _report = new HealthReport(_runningSince, _runningSince, Running: null, JobsNow());
        Write();
        _timer = time.CreateTimer(_ => Update(), null, Interval, Interval);
    }

    /// <summary>A run begins, or (null) none is under way.</summary>
    public void Show(WatchedJob? running)
    {
        lock (_gate)
        {
            _runningSince = _time.GetUtcNow();
            _report = _report with { Running = running?.Job.Name, Jobs = JobsNow() };
        }

        Update();
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _isOver = true;
            File.Delete(_path);
        }
    }

    private void Update()
    {
        lock (_gate)
        {
            if (_isOver || (_report.Running is not null && _time.GetUtcNow() - _runningSince > MaxRun))
            {
                return;
            }

            try
            {
                Write();
                _isWarned = false;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                if (!_isWarned)
                {
                    Terminal.Warning($"  {_path} cannot be written, so whatever reads it takes this process for dead: {failure.Message}");
                }

                _isWarned = true;
            }
        }
    }

    private void Write()
    {
        var report = _report with { At = _time.GetUtcNow() };
        var draft = $"{_path}.tmp";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(report, HealthJson.Default.HealthReport));
        File.Move(draft, _path, overwrite: true);
    }

    /// <summary>Asked in the thread that changes them.</summary>
    private IReadOnlyList<JobHealth> JobsNow() =>
        [.. _jobs.All.Select(job => new JobHealth(job.Job.Name, job.DueAt, job.LastEndedAt, OutcomeOf(job)))];

    private static string? OutcomeOf(WatchedJob job) => job.HasFailed ? nameof(RunOutcome.Failed) : job.LastReport?.Outcome.ToString();
}
