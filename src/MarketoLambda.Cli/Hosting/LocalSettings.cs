using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Settings;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Hosting;

/// <summary>The settings of a workstation: of a file, of <c>.env</c> beside the job file, and of the environment, which wins.</summary>
internal static class LocalSettings
{
    private const string Otherwise = "appsettings.json";

    /// <summary>Reads them, and tells of those that nobody knows.</summary>
    /// <param name="jobsPath">The job file.</param>
    /// <param name="settingsPath">The file somebody named; null for none.</param>
    /// <exception cref="WrongInputException">A file is missing or cannot be understood.</exception>
    public static IConfiguration Read(string jobsPath, string? settingsPath)
    {
        if (settingsPath is not null && !File.Exists(settingsPath))
        {
            throw new WrongInputException(
                $"There is no settings file {settingsPath}. Correct --settings, or leave it out and use the environment.");
        }

        ConfigurationBuilder sources = new();
        sources.AddJsonFile(Path.GetFullPath(settingsPath ?? Otherwise), optional: true);
        var environment = EnvironmentFile.Beside(jobsPath);
        if (environment is not null)
        {
            Terminal.Line($"Settings are read from {environment.Path} too: {string.Join(", ", environment.Values.Keys)}.");
            sources.AddInMemoryCollection(environment.Settings);
        }

        sources.AddEnvironmentVariables();
        var settings = Built(sources, settingsPath ?? Otherwise);
        foreach (var sentence in UnknownSettings.Find(settings))
        {
            Terminal.Warning(sentence);
        }

        return settings;
    }

    private static IConfigurationRoot Built(ConfigurationBuilder sources, string path)
    {
        try
        {
            return sources.Build();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or FormatException)
        {
            var mistakes = JsonMistakes.Find(File.ReadAllText(path));
            throw new WrongInputException(
                mistakes.Count > 0
                    ? string.Join(Environment.NewLine, mistakes.Select(mistake => $"{path} {mistake.Place}: {mistake.Message}."))
                    : $"{path} cannot be read as settings: it must be one object in braces, as {{ \"Marketo\": {{ \"BaseUrl\": … }} }}."
            );
        }
    }
}
