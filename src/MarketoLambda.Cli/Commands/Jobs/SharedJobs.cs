using System.CommandLine;
using MarketoLambda.Cli.Hosting;
using MarketoLambda.Sources.JobFiles;
using MarketoLambda.Sync.JobFiles;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Commands.Jobs;

/// <summary>The place of the job file that deployed functions read.</summary>
internal static class SharedJobs
{
    public const string Forms = "s3://bucket/jobs.json or ssm:/marketo-lambda/jobs";

    /// <summary>What stands in for the option that names it.</summary>
    public const string Otherwise = $"without it the setting {JobFilePlaces.Setting}";

    public static Option<string?> SettingsOption() =>
        new("--settings") { Description = "Settings file; without it appsettings.json, then the environment", HelpName = "FILE" };

    /// <exception cref="WrongInputException">No place is named, or none that there is.</exception>
    public static IJobFile At(string? address, IConfiguration settings)
    {
        var named = address ?? settings.GetSection(LocalHostOptions.Section).Get<LocalHostOptions>()?.JobsFile ?? "";
        if (named.Length == 0)
        {
            throw new WrongInputException(
                $"Say where the functions read their job file: {Forms}, on the command line or in {JobFilePlaces.Setting}.");
        }

        try
        {
            return JobFilePlaces.At(named, Environment.CurrentDirectory, JobFileClients.OfAws);
        }
        catch (FormatException wrong)
        {
            throw new WrongInputException(wrong.Message);
        }
    }
}
