using MarketoLambda.Cli.Alerts;
using MarketoLambda.Cli.Output;
using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sources;
using MarketoLambda.Sync;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Sync.Wording;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Cli.Hosting;

/// <summary>
/// The engine wired for a workstation: settings from a file and the environment, jobs from a file, alerts to the terminal and by mail.
/// </summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private readonly LocalTelemetry? _telemetry;

    private LocalHost(ServiceProvider services, IReadOnlyList<SyncJob> jobs, LastChecks checks, LocalTelemetry? telemetry)
    {
        _telemetry = telemetry;
        _services = services;
        Jobs = jobs;
        Checks = checks;
    }

    public IReadOnlyList<SyncJob> Jobs { get; }

    /// <summary>When this computer last ran each job.</summary>
    public LastChecks Checks { get; }

    public TimeProvider Time => Get<TimeProvider>();

    /// <summary>The jobs of a file.</summary>
    /// <exception cref="WrongInputException">It is missing.</exception>
    /// <exception cref="JobFileException">It has mistakes.</exception>
    public static IReadOnlyList<SyncJob> ReadJobs(string path, IConfiguration settings, TimeProvider time) =>
        JobFile.Parse(JobFileText.Decode(ReadBytes(path), path), path, SourceTypes.All(settings, time));

    /// <summary>The bytes of a job file.</summary>
    /// <exception cref="WrongInputException">It is missing, or a folder.</exception>
    public static byte[] ReadBytes(string path) =>
        File.Exists(path) ? File.ReadAllBytes(path)
        : Directory.Exists(path)
            ? throw new WrongInputException($"{path} is a folder. Name the job file in it, as --jobs {Path.Combine(path, "jobs.json")}.")
        : throw new WrongInputException(
            $"There is no job file {path}. Name yours with --jobs FILE, or have one written: \"marketo-lambda jobs new FILE --target "
                + "OBJECT\" makes it from the rows of a file.");

    /// <summary>Settings name a Marketo, right or wrong.</summary>
    public static bool NamesMarketo(IConfiguration settings) =>
        settings.GetSection(MarketoOptions.Section).GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    /// <summary>Opens a host with the given settings and clock.</summary>
    /// <exception cref="WrongInputException">A file is missing, or a setting of the host is wrong.</exception>
    /// <exception cref="JobFileException">The job file has mistakes.</exception>
    /// <exception cref="OptionsValidationException">Settings are missing or wrong.</exception>
    public static LocalHost Open(string jobsPath, IConfiguration settings, TimeProvider time, bool isDebug = false) =>
        Open(ReadJobs(jobsPath, settings, time), jobsPath, settings, time, isDebug);

    /// <summary>The same for jobs that need not be in the job file yet.</summary>
    public static LocalHost Open(
        IReadOnlyList<SyncJob> jobs, string jobsPath, IConfiguration settings, TimeProvider time, bool isDebug = false)
    {
        var local = settings.GetSection(LocalHostOptions.Section).Get<LocalHostOptions>() ?? new LocalHostOptions();
        var folder = Path.GetDirectoryName(Path.GetFullPath(jobsPath)) ?? "";
        ServiceCollection services = new();
        services.AddSingleton(time);
        TerminalLog log = new(TimeProvider.System, line => Terminal.Warning($"  {line}"), isDebug);
        services.AddLogging(logging => logging.AddProvider(log));
        services.AddMarketo(settings.GetSection(MarketoOptions.Section));
        services.AddSingleton<ILeaseWitness>(_ => new LeaseFiles(folder, time));
        services.AddSync();
        if (ChooseRejectSink(local, folder, time) is { } sink)
        {
            services.AddSingleton(sink);
        }

        services.AddAlerts(settings.GetSection(AlertOptions.Section), Path.Combine(folder, "outages.json"));
        var built = services.BuildServiceProvider();
        SettingsValidation.Run(built);
        return new LocalHost(built, jobs, new LastChecks(Path.Combine(folder, LastChecks.FileName)), LocalTelemetry.Begin(settings));
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The job of that name, in any casing.</summary>
    /// <exception cref="WrongInputException">There is none.</exception>
    public SyncJob FindJob(string name) => FindJob(Jobs, name);

    /// <inheritdoc cref="FindJob(string)"/>
    public static SyncJob FindJob(IReadOnlyList<SyncJob> jobs, string name) =>
        jobs.FirstOrDefault(job => job.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new WrongInputException($"The job file has no job {name}. It has: {Quantity.List(jobs.Select(job => job.Name))}.");

    /// <summary>
    /// What only a person can put right fails at once; a Marketo that is down is left to the run, which alerts. Where alerts are mailed
    /// nobody may be watching, and all is left to the run.
    /// </summary>
    /// <exception cref="StateException">Set-up is missing.</exception>
    /// <exception cref="MarketoException">Credentials, permissions or the address are wrong.</exception>
    public async Task ThrowIfNotSetUpAsync(string job)
    {
        if (Get<IOptions<AlertOptions>>().Value.IsMailed)
        {
            return;
        }

        try
        {
            await Get<StateStore>().ReadAsync(job, StopSignals.StopRequested);
        }
        catch (MarketoException failure) when (!Failures.IsForAPerson(failure))
        {
            // The run meets it too.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _telemetry?.Dispose();
        await _services.DisposeAsync();
    }

    private static IRejectSink? ChooseRejectSink(LocalHostOptions local, string folder, TimeProvider time)
    {
        try
        {
            return RejectSinks.Choose(local.RejectsBucket, local.RejectsFolder, time, InFolder);
        }
        catch (FormatException wrong)
        {
            throw new WrongInputException(wrong.Message);
        }

        IRejectSink InFolder(string named)
        {
            var rejects = Path.Combine(folder, named);
            return new LocalRejects(new JsonLinesRejects(rejects, time), rejects);
        }
    }
}
