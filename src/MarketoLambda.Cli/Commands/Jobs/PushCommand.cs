using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Hosting.Warm;
using MarketoLambda.Sources;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Commands.Jobs;

/// <summary><c>jobs push</c>: puts a job file without mistakes where the deployed functions read theirs.</summary>
internal static class PushCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "Job file" };
        Option<string?> to = new("--to") { Description = $"Where to: {SharedJobs.Forms}; {SharedJobs.Otherwise}", HelpName = "ADDRESS" };
        var settings = SharedJobs.SettingsOption();
        const string does = "Check a job file and put it where the deployed functions read theirs. They use it within five minutes.";
        Command command = new("push", does) { file, to, settings };
        command.SetAction((parsed, _) => PushAsync(parsed.GetValue(file) ?? "", parsed.GetValue(to), parsed.GetValue(settings)));
        return command;
    }

    private static async Task<int> PushAsync(string path, string? to, string? settingsPath)
    {
        var settings = LocalSettings.Read(path, settingsPath);
        var place = SharedJobs.At(to, settings);
        var text = JobFileText.Decode(LocalHost.ReadBytes(path), path);
        var jobs = JobFile.Parse(text, path, SourceTypes.All(settings, TimeProvider.System));
        await place.WriteAsync(text, StopSignals.StopRequested);
        var names = string.Join(", ", jobs.Select(job => job.Name));
        var minutes = RenewableHost<object>.Lifetime.TotalMinutes;
        Terminal.Good($"{Quantity.Format(jobs.Count, "job")} written to {place.Address}: {names}.");
        Terminal.Line($"Functions deployed with JobsFile={place.Address} use it within {minutes:0} minutes.");
        return ExitCode.Done;
    }
}
