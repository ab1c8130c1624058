using System.CommandLine;
using System.Text;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Failures;

namespace MarketoLambda.Cli.Commands.Jobs;

/// <summary><c>jobs pull</c>: fetches the job file that the deployed functions read.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        Argument<string?> file = new("FILE") { Description = "Where to put it; on stdout without it", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> from = new("--from")
        {
            Description = $"Where from: {SharedJobs.Forms}; {SharedJobs.Otherwise}",
            HelpName = "ADDRESS",
        };
        Option<bool> force = new("--force") { Description = "Replace FILE if it is there" };
        var settings = SharedJobs.SettingsOption();
        Command command = new("pull", "Fetch the job file that the deployed functions read.") { file, from, force, settings };
        command.SetAction((parsed, _) =>
            PullAsync(parsed.GetValue(file), parsed.GetValue(from), parsed.GetValue(force), parsed.GetValue(settings)));
        return command;
    }

    private static async Task<int> PullAsync(string? path, string? from, bool mayReplace, string? settingsPath)
    {
        var place = SharedJobs.At(from, LocalSettings.Read(path ?? "jobs.json", settingsPath));
        if (path is not null && !mayReplace && File.Exists(path))
        {
            throw new WrongInputException($"{path} is there already: name another file, or replace it with --force.");
        }

        var text = await place.ReadAsync(StopSignals.StopRequested);
        if (path is null)
        {
            await using var stdout = Console.OpenStandardOutput();
            await stdout.WriteAsync(Encoding.UTF8.GetBytes(text), StopSignals.StopRequested);
            return ExitCode.Done;
        }

        await File.WriteAllTextAsync(path, text, StopSignals.StopRequested);
        Terminal.Good($"{place.Address} is in {path}.");
        return ExitCode.Done;
    }
}
