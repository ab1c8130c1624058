using System.CommandLine;
using System.CommandLine.Parsing;
using MarketoLambda.Sync.Jobs;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Hosting;

/// <summary>What the commands that work on jobs have in common.</summary>
internal sealed class LocalHostArguments
{
    private const string JobsOption = "--jobs";
    private const string DefaultJobs = "jobs.json";

    private readonly Option<string> _jobs = new(JobsOption)
    {
        Description = "Job file",
        HelpName = "FILE",
        DefaultValueFactory = _ => DefaultJobs,
    };
    private readonly Option<string?> _settings = new("--settings")
    {
        Description = "Settings file; without it appsettings.json, then .env beside the job file, then the environment",
        HelpName = "FILE",
    };
    private IConfiguration? _read;

    /// <summary>Prints one JSON document on stdout.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON on stdout, for programs" };

    public void AddTo(Command command)
    {
        command.Options.Add(_jobs);
        command.Options.Add(_settings);
        command.Options.Add(Json);
    }

    /// <summary>The jobs alone, and whether settings name a Marketo, right or wrong.</summary>
    public (IReadOnlyList<SyncJob> Jobs, bool HasMarketo) Read(ParseResult parsed)
    {
        var settings = ReadSettings(parsed);
        return (LocalHost.ReadJobs(JobsPath(parsed), settings, TimeProvider.System), LocalHost.NamesMarketo(settings));
    }

    /// <summary>The job file, which need not be there.</summary>
    public string JobsPath(ParseResult parsed) => parsed.GetValue(_jobs) ?? DefaultJobs;

    /// <summary>The same for a line that may be unfinished.</summary>
    public static string FindJobsPath(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(result => result.Option.Name == JobsOption)
            is { Tokens: [.., var given] }
                ? given.Value
                : DefaultJobs;

    /// <summary>The settings of file and environment; read once, so that what is to be said of them is said once.</summary>
    /// <exception cref="WrongInputException">The file is missing or no JSON.</exception>
    public IConfiguration ReadSettings(ParseResult parsed) =>
        _read ??= LocalSettings.Read(JobsPath(parsed), parsed.GetValue(_settings));

    public LocalHost Open(ParseResult parsed) =>
        LocalHost.Open(JobsPath(parsed), ReadSettings(parsed), TimeProvider.System, parsed.GetValue(Failures.Debug));
}
