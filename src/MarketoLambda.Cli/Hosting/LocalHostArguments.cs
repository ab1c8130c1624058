using System.CommandLine;
using MarketoLambda.Sync.Jobs;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Hosting;

/// <summary>What the commands that work on jobs have in common.</summary>
internal sealed class LocalHostArguments
{
    private readonly Option<string> _jobs = new("--jobs")
    {
        Description = "Job file",
        HelpName = "FILE",
        DefaultValueFactory = _ => "jobs.json",
    };
    private readonly Option<string?> _settings = new("--settings")
    {
        Description = "Settings file; without it appsettings.json, then the environment",
        HelpName = "FILE",
    };

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
        var settings = Settings(parsed);
        return (LocalHost.ReadJobs(JobsPath(parsed), settings, TimeProvider.System), LocalHost.NamesMarketo(settings));
    }

    /// <summary>The job file, which need not be there.</summary>
    public string JobsPath(ParseResult parsed) => parsed.GetValue(_jobs) ?? "jobs.json";

    /// <summary>The settings of the file that is named, and of the environment.</summary>
    public IConfiguration Settings(ParseResult parsed) => LocalHost.ReadSettings(parsed.GetValue(_settings));

    public LocalHost Open(ParseResult parsed) =>
        LocalHost.Open(JobsPath(parsed), parsed.GetValue(_settings), parsed.GetValue(Failures.Debug));
}
