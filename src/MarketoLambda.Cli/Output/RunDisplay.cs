using System.Globalization;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Wording;
using Spectre.Console;

namespace MarketoLambda.Cli.Output;

/// <summary>Shows a run under way: a live bar on a terminal, a plain line every few seconds otherwise.</summary>
internal static class RunDisplay
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    public static Task<SyncReport> ShowAsync(string job, Func<IProgress<RunProgress>, Task<SyncReport>> run) =>
        Terminal.IsWatched ? LiveAsync(job, run) : run(new PlainProgress(job));

    private static Task<SyncReport> LiveAsync(string job, Func<IProgress<RunProgress>, Task<SyncReport>> run) =>
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
                LiveProgress live = new(job, task, TimeProvider.System);
                using var ticks = TimeProvider.System.CreateTimer(_ => live.Tick(), null, Tick, Tick);
                return await run(live);
            });

    /// <summary>Records, rate and remaining time, as <c>12,300 records · 740/s · 2 min left</c>.</summary>
    internal static string Describe(RunProgress progress, TimeSpan? left)
    {
        var seconds = progress.Elapsed.TotalSeconds;
        var rate = seconds > 0 ? (progress.Accepted + progress.Rejected) / seconds : 0;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Quantity.Format(progress.Accepted, "record")} · {rate:N0}/s");
        if (progress.Rejected > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" · {progress.Rejected:N0} rejected");
        }

        return left is { } time ? $"{text} · {Duration.Text(time)} left" : text;
    }

    /// <summary>
    /// While Marketo's limits make the run pause, nothing is reported: time goes on all the same, and with it rate and remaining time.
    /// </summary>
    private sealed class LiveProgress(string job, ProgressTask task, TimeProvider time) : IProgress<RunProgress>
    {
        private readonly Lock _gate = new();
        private readonly RemainingTime _remaining = new();
        private RunProgress _latest;
        private long _reportedAt;

        public void Report(RunProgress value)
        {
            lock (_gate)
            {
                (_latest, _reportedAt) = (value, time.GetTimestamp());
                task.IsIndeterminate = value.Fraction is null;
                task.Value = value.Fraction ?? 0;
                Show(value);
            }
        }

        public void Tick()
        {
            lock (_gate)
            {
                if (_reportedAt != 0)
                {
                    Show(_latest with { Elapsed = _latest.Elapsed + time.GetElapsedTime(_reportedAt) });
                }
            }
        }

        private void Show(RunProgress progress) =>
            task.Description = $"{job.EscapeMarkup()}  {Describe(progress, _remaining.After(progress)).EscapeMarkup()}";
    }

    private sealed class PlainProgress(string job) : IProgress<RunProgress>
    {
        private readonly RemainingTime _remaining = new();
        private TimeSpan _told = TimeSpan.Zero;

        public void Report(RunProgress value)
        {
            var left = _remaining.After(value);
            if (value.Elapsed - _told < PlainInterval)
            {
                return;
            }

            _told = value.Elapsed;
            Terminal.Line($"{job}: {Describe(value, left)}");
        }
    }
}
