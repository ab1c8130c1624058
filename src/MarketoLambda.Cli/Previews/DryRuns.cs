using System.CommandLine;
using System.Globalization;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Previews;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Previews;

/// <summary><c>--dry-run</c>: says what a command would do, and writes nothing.</summary>
internal static class DryRuns
{
    public static Option<bool> Option() => new("--dry-run") { Description = "Say what would happen, and write nothing" };

    /// <summary>Previews one job after the other.</summary>
    /// <param name="local">The host.</param>
    /// <param name="jobs">Which.</param>
    /// <param name="preview">What would happen to one.</param>
    /// <param name="asJson">Programs read it.</param>
    /// <param name="what">What would do it.</param>
    /// <returns><see cref="ExitCode.Failed"/> where a record would be rejected, or a run would stop.</returns>
    public static async Task<int> ShowAsync(
        LocalHost local,
        IReadOnlyList<SyncJob> jobs,
        Func<DryRun, SyncJob, Task<RunPreview>> preview,
        bool asJson,
        string what = "a run")
    {
        List<RunPreview> previews = [];
        foreach (var job in jobs)
        {
            await local.ThrowIfNotSetUpAsync(job.Name);
            var seen = await preview(local.Get<DryRun>(), job);
            PreviewText.Write(seen, what);
            previews.Add(seen);
        }

        Terminal.Line(await QuotaAsync(local, previews.Sum(seen => seen.Calls)));
        Terminal.Good("Nothing was written.");
        if (asJson)
        {
            JsonOutput.Write(previews);
        }

        return previews.Exists(seen => seen.Rejected > 0 || seen.Stop is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<string> QuotaAsync(LocalHost local, int calls)
    {
        var options = local.Get<IOptions<MarketoOptions>>().Value;
        var allowed = (long)options.DailyQuota * options.DailySharePercent / 100;
        try
        {
            var used = (await local.Get<UsageClient>().TodayAsync(StopSignals.Aborted)).Total;
            var (known, left) = (Text($"{used:N0} of the {allowed:N0}"), used + calls <= allowed);
            return left
                ? $"Calls: {Text($"{calls:N0}")} for records; {known} that imports may use today are used, so enough are left."
                : $"Calls: {Text($"{calls:N0}")} for records, but {known} that imports may use today are used: the run would stop at the "
                    + "quota, and go on tomorrow.";
        }
        catch (MarketoException)
        {
            return $"Calls: {Text($"{calls:N0}")} for records. What is used of the day's quota could not be read.";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
