using System.Globalization;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Wording;
using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>Shows a run under way: a live bar on a terminal, a plain line every few seconds otherwise.</summary>
internal static class RunDisplay
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <param name="job">The job's name.</param>
    /// <param name="load">Whether the run waits for Marketo's limit.</param>
    /// <param name="run">The run.</param>
    public static async Task<SyncReport> ShowAsync(
        string job,
        MarketoLoad load,
        Func<IProgress<RunProgress>, Task<SyncReport>> run)
    {
        if (Terminal.IsWatched)
        {
            return await LiveAsync(job, load, run);
        }

        ShownProgress shown = new(load, TimeProvider.System, (text, _) => Terminal.Line($"{job}: {text}")) { ShowsReports = false };
        using var ticks = TimeProvider.System.CreateTimer(_ => shown.Tick(), null, PlainInterval, PlainInterval);
        return await run(shown);
    }

    private static Task<SyncReport> LiveAsync(string job, MarketoLoad load, Func<IProgress<RunProgress>, Task<SyncReport>> run) =>
        Terminal
            .People.Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(job.EscapeMarkup(), maxValue: 1);
                task.IsIndeterminate = true;
                ShownProgress shown = new(load, TimeProvider.System, (text, fraction) =>
                {
                    task.IsIndeterminate = fraction is null;
                    task.Value = fraction ?? 0;
                    task.Description = $"{job.EscapeMarkup()}  {text.EscapeMarkup()}";
                });
                using var ticks = TimeProvider.System.CreateTimer(_ => shown.Tick(), null, Tick, Tick);
                return await run(shown);
            });

    /// <summary>Records, rate and remaining time, as <c>12,300 records · 740/s · 2 min left</c>.</summary>
    internal static string Describe(RunProgress progress, TimeSpan? left, bool isWaiting = false)
    {
        var seconds = progress.Elapsed.TotalSeconds;
        var rate = seconds > 0 ? (progress.Accepted + progress.Rejected) / seconds : 0;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Quantity.Format(progress.Accepted, "record")} · {rate:N0}/s");
        if (progress.Rejected > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" · {progress.Rejected:N0} rejected");
        }

        text += left is { } time ? $" · {Duration.Text(time)} left" : "";
        return isWaiting ? $"{text} · waiting for Marketo's limit" : text;
    }

    /// <summary>
    /// While Marketo's limits make the run pause, nothing is reported: time goes on all the same, and with it rate and remaining time.
    /// </summary>
    private sealed class ShownProgress(MarketoLoad load, TimeProvider time, Action<string, double?> show) : IProgress<RunProgress>
    {
        private readonly Lock _gate = new();
        private readonly RemainingTime _remaining = new();
        private RunProgress _latest;
        private long _reportedAt;

        /// <summary>What is reported is shown at once; else with the next tick.</summary>
        public bool ShowsReports { get; init; } = true;

        public void Report(RunProgress value)
        {
            lock (_gate)
            {
                (_latest, _reportedAt) = (value, time.GetTimestamp());
                var left = _remaining.After(value);
                if (ShowsReports)
                {
                    show(Describe(value, left, load.IsWaiting), value.Fraction);
                }
            }
        }

        public void Tick()
        {
            lock (_gate)
            {
                if (_reportedAt != 0)
                {
                    var now = _latest with { Elapsed = _latest.Elapsed + time.GetElapsedTime(_reportedAt) };
                    show(Describe(now, _remaining.After(now), load.IsWaiting), now.Fraction);
                }
            }
        }
    }
}
