using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Hosting.Runs;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Demo;

/// <summary>Runs jobs of a demo as <c>run</c> does, and says how long that took by both clocks.</summary>
/// <param name="local">The host.</param>
internal sealed class DemoRuns(LocalHost local)
{
    /// <param name="name">The job's name.</param>
    /// <param name="kill">What happens to Marketo meanwhile; null for nothing.</param>
    public async Task<SyncReport> RunAsync(string name, KillAt? kill = null)
    {
        var job = local.FindJob(name);
        RunSeries series = new(local.Time, limit: null, StopSignals.StopRequested);
        var begun = TimeProvider.System.GetTimestamp();
        var report = await RunDisplay.ShowAsync(
            job.Name,
            local.Get<MarketoLoad>(),
            progress =>
                series.RunAsync(
                    (deadline, progressOfAll) => local.Get<SyncEngine>().RunAsync(job, deadline, progressOfAll, StopSignals.Aborted),
                    kill is null ? progress : kill.Watching(progress)));
        Print(report, begun);
        return report;
    }

    /// <summary>Tries all rejects of a job again.</summary>
    public async Task RetryAsync(string name)
    {
        var job = local.FindJob(name);
        RunSeries series = new(local.Time, limit: null, StopSignals.StopRequested);
        var begun = TimeProvider.System.GetTimestamp();
        var work = RejectWork.RetryAll();
        Print(
            await series.RunAsync(
                (deadline, _) => local.Get<SyncEngine>().WorkOnRejectsAsync(job, work, deadline, StopSignals.Aborted),
                progress: null),
            begun);
    }

    private void Print(SyncReport report, long begun)
    {
        var real = TimeProvider.System.GetElapsedTime(begun);
        ReportText.Write(report, local.Get<RejectPolicy>().Describe(report.Job));
        if (report.Outcome != RunOutcome.NothingNew)
        {
            Terminal.Line($"  By the emulated clock that took {Duration.Text(report.Elapsed)}, by yours {Duration.Text(real)}.");
        }
    }
}
